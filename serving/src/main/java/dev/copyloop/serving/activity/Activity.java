package dev.copyloop.serving.activity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Counts in memory what happens, until somebody writes it down. Thread-safe.
 *
 * <p>Counts are hints for people, not figures: what is counted here is lost with the process, and
 * above a bound new kinds of events are not counted before the next write.
 */
public final class Activity {
  /** Counts are kept per this much time. */
  static final Duration SLOT = Duration.ofMinutes(10);

  private static final int MAX_KINDS = 10_000;

  private final ConcurrentMap<Kind, Count> counts = new ConcurrentHashMap<>();
  private final Clock clock;

  public Activity(Clock clock) {
    this.clock = clock;
  }

  /**
   * What is counted.
   *
   * @param place where in the org, see {@link Places}
   * @param metric such as {@code email_sent}
   */
  public record Kind(String org, String place, String metric, Instant slot) {}

  /** How often it happened, and when last. */
  public record Count(long events, Instant last) {
    private Count and(Count other) {
      return new Count(events + other.events, last.isAfter(other.last) ? last : other.last);
    }
  }

  /** A kind and its count. */
  public record Counted(Kind kind, Count count) {}

  /** Counts one event of now. */
  public void count(String org, String place, String metric) {
    Instant now = clock.instant();
    long slot = now.toEpochMilli() / SLOT.toMillis() * SLOT.toMillis();
    add(new Counted(new Kind(org, place, metric, Instant.ofEpochMilli(slot)), new Count(1, now)));
  }

  /** Adds counts, as of a write that failed. */
  public void add(Counted counted) {
    if (counts.size() < MAX_KINDS || counts.containsKey(counted.kind())) {
      counts.merge(counted.kind(), counted.count(), Count::and);
    }
  }

  /** Takes out all that was counted. */
  public List<Counted> take() {
    List<Counted> taken = new ArrayList<>();
    for (Kind kind : counts.keySet()) {
      Count count = counts.remove(kind);
      if (count != null) {
        taken.add(new Counted(kind, count));
      }
    }
    return taken;
  }
}
