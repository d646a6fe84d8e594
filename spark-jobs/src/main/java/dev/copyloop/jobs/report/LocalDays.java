package dev.copyloop.jobs.report;

import static org.apache.spark.sql.functions.lit;

import dev.copyloop.jobs.run.JobException;
import dev.copyloop.jobs.run.TimeRange;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.spark.sql.Column;

/**
 * A range of an org's own days.
 *
 * @param from the first day; empty: from the beginning
 * @param to the first day that is not included; empty: to the end
 */
record LocalDays(Optional<LocalDate> from, Optional<LocalDate> to) {

  /**
   * The days that the bounds of a range name.
   *
   * @throws JobException if a bound names an hour
   */
  static LocalDays of(TimeRange range) {
    return new LocalDays(range.from().map(LocalDays::day), range.to().map(LocalDays::day));
  }

  private static LocalDate day(Instant bound) {
    OffsetDateTime time = bound.atOffset(ZoneOffset.UTC);
    if (!time.toLocalTime().equals(LocalTime.MIDNIGHT)) {
      throw JobException.usage(
          "Invalid bound %s: these figures are of whole days of the org, such as 2026-11-03"
              .formatted(bound));
    }
    return time.toLocalDate();
  }

  /** Whether a date lies in the range. */
  Column contain(Column date) {
    Column after = from.map(day -> date.geq(lit(day.toString()).cast("date"))).orElse(lit(true));
    return to.map(day -> after.and(date.lt(lit(day.toString()).cast("date")))).orElse(after);
  }

  @Override
  public String toString() {
    return from.map(LocalDate::toString).orElse("the beginning")
        + " to "
        + to.map(day -> day.minusDays(1).toString()).orElse("the end");
  }
}
