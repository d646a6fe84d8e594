package dev.copyloop.jobs.lease;

import dev.copyloop.jobs.run.SettingsSource;
import java.time.Duration;
import java.util.Optional;

/**
 * How a run gets its turn to write the lake. Immutable.
 *
 * @param database that holds the lease; empty: there is none, and whoever starts runs sees to it
 *     that only one writes at a time
 * @param time how long the lease lasts after its last renewal: so long others wait for a process
 *     that died; from 1 second
 * @param patience how long to wait for a run that holds it
 */
public record LeaseConfig(
    Optional<SettingsSource.Database> database, Duration time, Duration patience) {
  /** How long a lease lasts by default. */
  public static final Duration DEFAULT_TIME = Duration.ofMinutes(2);

  /** No lease. */
  public static final LeaseConfig NONE =
      new LeaseConfig(Optional.empty(), DEFAULT_TIME, Duration.ZERO);

  public LeaseConfig {
    if (time.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("Invalid lease time " + time + ": expected 1s or more");
    }
    if (patience.isNegative()) {
      throw new IllegalArgumentException("Invalid wait " + patience + ": expected 0s or more");
    }
  }
}
