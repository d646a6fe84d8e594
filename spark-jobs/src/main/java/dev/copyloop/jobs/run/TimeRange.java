package dev.copyloop.jobs.run;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A half-open range of UTC hours.
 *
 * @param from its first instant; empty: from the beginning
 * @param to the first instant after it; empty: without end
 */
public record TimeRange(Optional<Instant> from, Optional<Instant> to) {
  /** Everything. */
  public static final TimeRange ALL = new TimeRange(Optional.empty(), Optional.empty());

  public TimeRange {
    if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
      throw new IllegalArgumentException(
          "Invalid range %s to %s: it is empty".formatted(from.get(), to.get()));
    }
  }

  /**
   * Reads a bound: a date ({@code 2026-11-03}), an hour ({@code 2026-11-03T05}) or an instant on a
   * full hour, all UTC.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static Instant parseBound(String text) {
    try {
      Instant instant = parse(text);
      if (instant.equals(instant.truncatedTo(ChronoUnit.HOURS))) {
        return instant;
      }
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(message(text), e);
    }
    throw new IllegalArgumentException(message(text));
  }

  private static Instant parse(String text) {
    if (text.indexOf('T') < 0) {
      return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
    if (text.length() == "2026-11-03T05".length()) {
      return LocalDateTime.parse(text + ":00").toInstant(ZoneOffset.UTC);
    }
    return Instant.parse(text);
  }

  private static String message(String text) {
    return "Invalid time '%s': expected a UTC date or hour such as 2026-11-03 or 2026-11-03T05"
        .formatted(text);
  }

  /** Whether an instant lies in it. */
  public boolean contains(Instant instant) {
    return from.map(start -> !instant.isBefore(start)).orElse(true)
        && to.map(instant::isBefore).orElse(true);
  }
}
