package dev.copyloop.events.settings;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * When an org's days begin and end. On a day during which its time zone changes, the time before
 * and after goes by different zones, so that it may be longer or shorter than any other. Immutable.
 *
 * @param timeZone the zone before the first change
 * @param changes by time
 */
public record Calendar(ZoneId timeZone, List<Measurement.TimeZoneChange> changes) {

  /** Of an org that is not set up. */
  public static final Calendar UTC = new Calendar(ZoneOffset.UTC, List.of());

  public Calendar {
    changes = List.copyOf(changes);
  }

  /** A stretch of time that belongs to a day, half-open. */
  private record Span(Instant start, Instant end) {

    /** What of that day by a zone lies between two changes. */
    static Span of(LocalDate day, ZoneId zone, Instant from, Instant until) {
      Instant start = day.atStartOfDay(zone).toInstant();
      Instant end = day.plusDays(1).atStartOfDay(zone).toInstant();
      return new Span(from.isAfter(start) ? from : start, until.isBefore(end) ? until : end);
    }

    boolean isEmpty() {
      return !start.isBefore(end);
    }
  }

  /** The org's calendar. */
  public static Calendar of(Org org) {
    return new Calendar(org.timeZone(), org.measurement().timeZoneChanges());
  }

  /** The calendar of the org of that slug; UTC's if it is not set up. */
  public static Calendar of(Settings settings, String org) {
    return settings.org(org).map(Calendar::of).orElse(UTC);
  }

  /** The first time that is counted on the day. */
  public Instant start(LocalDate day) {
    return spans(day).stream().map(Span::start).min(Comparator.naturalOrder()).orElseThrow();
  }

  /** The first time from which on nothing is counted on the day any more. */
  public Instant end(LocalDate day) {
    return spans(day).stream().map(Span::end).max(Comparator.naturalOrder()).orElseThrow();
  }

  /** At least one. */
  private List<Span> spans(LocalDate day) {
    List<Span> spans = new ArrayList<>();
    ZoneId zone = timeZone;
    Instant from = Instant.MIN;
    for (Measurement.TimeZoneChange change : changes) {
      spans.add(Span.of(day, zone, from, change.from()));
      zone = change.timeZone();
      from = change.from();
    }
    spans.add(Span.of(day, zone, from, Instant.MAX));
    spans.removeIf(Span::isEmpty);
    // A change may leave out a day: no time is counted on it.
    return spans.isEmpty() ? List.of(Span.of(day, zone, Instant.MIN, Instant.MAX)) : spans;
  }
}
