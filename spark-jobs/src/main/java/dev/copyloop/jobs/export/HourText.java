package dev.copyloop.jobs.export;

import java.io.Serializable;
import java.time.Instant;
import org.apache.spark.sql.api.java.UDF1;

/**
 * The UTC hour of epoch microseconds, as {@link Partitioning#HOUR} spells its parts. Spelled anew
 * for each row it would cost more than most of its columns. Thread-safe.
 */
final class HourText implements UDF1<Long, String> {
  private static final long serialVersionUID = 1L;

  private static final long SECOND = 1_000_000;
  private static final long HOUR = 3_600 * SECOND;
  private static final int LENGTH = "2026-11-03T05".length();

  /** More than a day has: rows of a task are mostly of one. */
  private static final int KEPT = 32;

  /** An hour since the epoch and its text. */
  private record Spelled(long hour, String text) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** What was asked for last, of whichever thread. */
  private final Spelled[] recent = new Spelled[KEPT];

  @Override
  public String call(Long micros) {
    long hour = Math.floorDiv(micros, HOUR);
    int place = Math.floorMod(hour, KEPT);
    Spelled spelled = recent[place];
    if (spelled == null || spelled.hour() != hour) {
      Instant start = Instant.ofEpochSecond(hour * (HOUR / SECOND));
      spelled = new Spelled(hour, start.toString().substring(0, LENGTH));
      recent[place] = spelled;
    }
    return spelled.text();
  }
}
