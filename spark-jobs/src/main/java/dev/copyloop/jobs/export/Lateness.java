package dev.copyloop.jobs.export;

import dev.copyloop.jobs.lake.Arrival;
import dev.copyloop.jobs.lake.TableReader;
import dev.copyloop.jobs.run.Bucket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How late an org's events arrive, as the past shows it: what share of a day's events is still
 * missing at some age of the day. Of days that are complete, and of events that arrived by
 * themselves: within {@link Arrival#LATEST}. Read when first asked. Not thread-safe.
 */
final class Lateness {
  /** Fewer events than that tell nothing. */
  private static final long FEWEST = 100;

  private final Bucket ours;
  private final TableReader tables;
  private final Instant now;
  private LatenessCounts counts;

  /**
   * @param ours the bucket that keeps what was counted before
   * @param tables where the events are read from
   */
  Lateness(Bucket ours, TableReader tables, Instant now) {
    this.ours = ours;
    this.tables = tables;
    this.now = now;
  }

  /**
   * The share of events that is expected to be missing still, from 0 to 1, rather too much than too
   * little; empty if the past does not tell, or the part is not over.
   *
   * @param age how long ago the part ended
   */
  OptionalDouble missing(String org, Optional<Duration> age) {
    if (age.isEmpty() || age.get().isNegative()) {
      return OptionalDouble.empty();
    }
    long total = 0;
    long late = 0;
    for (LatenessCounts.Day day : counts().days().values()) {
      long[] events = day.ofOrg(org);
      for (int i = 0; i < events.length; i++) {
        total += events[i];
        late += LatenessCounts.BOUNDS.get(i).compareTo(age.get()) > 0 ? events[i] : 0;
      }
    }
    return total < FEWEST
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.round(1e6 * late / total) / 1e6);
  }

  private LatenessCounts counts() {
    if (counts == null) {
      try {
        counts = LatenessCounts.upToDate(ours, tables, now);
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read how late events arrived", e);
      }
    }
    return counts;
  }
}
