package dev.copyloop.jobs.attribute.row;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times and durations as whole microseconds, the unit of every table's timestamps. */
public final class Micros {

  private Micros() {}

  /** The time of so many microseconds after 1970. */
  public static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /** Whole microseconds since 1970. */
  public static long of(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  /** Whole microseconds of a duration below 292 years. */
  public static long of(Duration duration) {
    return duration.toNanos() / 1_000;
  }
}
