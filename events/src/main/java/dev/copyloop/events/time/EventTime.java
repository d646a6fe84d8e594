package dev.copyloop.events.time;

import dev.copyloop.events.json.DecimalSize;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;

/**
 * The one rule of how a sender's time is read. A number below 1e11 is seconds, otherwise
 * milliseconds; a numeric string counts as a number; fractions below a millisecond are cut off.
 * Nothing is ever defaulted.
 */
public final class EventTime {
  /** An event that happened earlier is not believed. */
  public static final Instant EARLIEST = Instant.parse("2015-01-01T00:00:00Z");

  /** How far a sender's clock may run ahead of ours. */
  public static final Duration MAX_AHEAD = Duration.ofHours(1);

  private static final BigDecimal FIRST_MILLIS = BigDecimal.valueOf(100_000_000_000L);

  /** As other languages write offsets: {@code +0100}, {@code +01}. */
  private static final DateTimeFormatter WITHOUT_COLON =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendOffset("+HHmm", "Z")
          .toFormatter(Locale.ROOT);

  private static final int MAX_DIGITS = 18;
  private static final int MAX_SCALE = 30;

  private EventTime() {}

  /**
   * Reads a number of seconds or milliseconds since 1970.
   *
   * @return epoch milliseconds
   * @throws DateTimeException if the text is not a number, or has more than 18 digits before its
   *     point
   */
  public static long parseNumber(String text) {
    String number = text.strip();
    if (isShortInteger(number)) {
      long value = Long.parseLong(number);
      return value < FIRST_MILLIS.longValue() ? value * 1000 : value;
    }
    return ofDecimal(number);
  }

  /**
   * Reads a number as {@link #parseNumber} does, or an ISO 8601 time with an offset, such as {@code
   * 2026-03-01T12:00:00.5+01:00}; the offset's colon and minutes may be missing.
   *
   * @return epoch milliseconds
   * @throws DateTimeException if the text is neither
   */
  public static long parse(String text) {
    String time = text.strip();
    return time.indexOf('T') > 0 || time.indexOf('t') > 0 ? ofIso(time) : parseNumber(time);
  }

  private static long ofIso(String text) {
    int offset = Math.max(text.lastIndexOf('+'), text.lastIndexOf('-'));
    boolean hasColon = text.indexOf(':', offset) >= 0;
    try {
      return OffsetDateTime.parse(
              text, hasColon ? DateTimeFormatter.ISO_OFFSET_DATE_TIME : WITHOUT_COLON)
          .toInstant()
          .toEpochMilli();
    } catch (ArithmeticException e) {
      throw new DateTimeException("a year of no plausible size", e);
    }
  }

  /** Whether a time can be true of something that arrived at {@code receivedAtMillis}. */
  public static boolean isPlausible(long occurredAtMillis, long receivedAtMillis) {
    return occurredAtMillis >= EARLIEST.toEpochMilli()
        && occurredAtMillis <= receivedAtMillis + MAX_AHEAD.toMillis();
  }

  private static boolean isShortInteger(String text) {
    if (text.isEmpty() || text.length() > MAX_DIGITS) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static long ofDecimal(String text) {
    // BigDecimal would take the digits of every script.
    if (text.chars().anyMatch(character -> character > 'e')) {
      throw new DateTimeException("not a number");
    }
    BigDecimal value;
    try {
      value = new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new DateTimeException("not a number", e);
    }
    // Guards before any arithmetic: 1e999999999 would be written out digit by digit.
    if (DecimalSize.integerDigits(value) > MAX_DIGITS || value.scale() > MAX_SCALE) {
      throw new DateTimeException("a number of no plausible size");
    }
    return ofNumber(value);
  }

  private static long ofNumber(BigDecimal value) {
    // However far before 1970, a number below the first millisecond is seconds.
    BigDecimal millis = value.compareTo(FIRST_MILLIS) < 0 ? value.movePointRight(3) : value;
    try {
      return millis.setScale(0, RoundingMode.FLOOR).longValueExact();
    } catch (ArithmeticException e) {
      throw new DateTimeException("a number of no plausible size", e);
    }
  }
}
