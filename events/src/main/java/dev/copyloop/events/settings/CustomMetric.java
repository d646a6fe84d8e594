package dev.copyloop.events.settings;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A figure that an org defines: of its own events, those of people who were sent a message, inside
 * a window after it, whatever they touched; or of what happened to the messages themselves, inside
 * a window after their send.
 *
 * @param id its name, unique in the org; with {@code version} the key in every table
 * @param source the events it is made of
 * @param where properties that an event must have, each with exactly that value as text
 * @param aggregate what it counts of them
 * @param window an event counts if event − send &lt; window; one of the org's own not before the
 *     send
 * @param direction which way is better
 * @param role what it decides
 */
public record CustomMetric(
    String id,
    int version,
    Source source,
    Map<String, String> where,
    Aggregate aggregate,
    Duration window,
    Direction direction,
    Role role) {

  public CustomMetric {
    where = Map.copyOf(where);
    if (source instanceof Engagements engagements) {
      engagements.check(where, aggregate);
    }
  }

  /** What a metric is made of. */
  public sealed interface Source permits OwnEvents, Engagements {}

  /** The org's own events of that name. */
  public record OwnEvents(String eventName) implements Source {}

  /** The name of the org's own events that it is made of; empty if it is made of engagements. */
  public Optional<String> eventName() {
    return source instanceof OwnEvents own ? Optional.of(own.eventName()) : Optional.empty();
  }

  /** The engagements that it is made of; empty if it is made of the org's own events. */
  public Optional<Engagements.Kind> engagement() {
    return source instanceof Engagements engagements
        ? Optional.of(engagements.kind())
        : Optional.empty();
  }

  /** The properties in order of their names. */
  public Map<String, String> orderedWhere() {
    return new TreeMap<>(where);
  }

  /** What a metric counts of its events. */
  public enum Aggregate {
    /** Events. */
    COUNT,
    /**
     * People, each by the first of their events; journeys, each by the first of its engagements.
     */
    UNIQUE,
    /** The events' values, by currency. */
    SUM;

    /** The lower-case name used in settings. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Which way a metric is better. */
  public enum Direction {
    INCREASE,
    DECREASE;

    /** The lower-case name used in settings. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What a metric decides. */
  public enum Role {
    /** It can be the key metric that a template is judged by. */
    KEY,
    /** It must not get worse. */
    GUARDRAIL,
    /** It is only looked at. */
    NONE;

    /** The lower-case name used in settings. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
