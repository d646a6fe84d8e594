package dev.copyloop.events.settings;

import java.time.Instant;
import java.util.List;

/**
 * One Customer.io workspace of an org.
 *
 * @param region {@code us} or {@code eu}
 * @param firstOccurrenceOnly since when its reporting webhook sends only first opens and clicks, or
 *     all of them; by ascending time, the last one not later than an event holds
 */
public record Workspace(
    String name,
    String region,
    AttributeScope defaultAttributeScope,
    List<FirstOccurrenceOnly> firstOccurrenceOnly) {

  public Workspace {
    firstOccurrenceOnly = List.copyOf(firstOccurrenceOnly);
  }

  /** Whether only first occurrences are sent, from a time on. */
  public record FirstOccurrenceOnly(Instant from, boolean enabled) {}
}
