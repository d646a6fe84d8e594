package dev.copyloop.events.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalendarTest {
  private static final Instant CHANGE = Instant.parse("2026-07-01T12:00:00Z");

  private static Calendar moved(String before, String after) {
    return new Calendar(
        ZoneId.of(before), List.of(new Measurement.TimeZoneChange(CHANGE, ZoneId.of(after))));
  }

  private static LocalDate day(String date) {
    return LocalDate.parse(date);
  }

  @Test
  void daysAreShorterAndLongerWhenClocksChange() {
    Calendar berlin = new Calendar(ZoneId.of("Europe/Berlin"), List.of());

    assertThat(berlin.start(day("2026-03-29"))).isEqualTo("2026-03-28T23:00:00Z");
    assertThat(berlin.end(day("2026-03-29"))).isEqualTo("2026-03-29T22:00:00Z");
    assertThat(berlin.end(day("2026-10-25"))).isEqualTo("2026-10-25T23:00:00Z");
  }

  @Test
  void aChangeHoldsFromItsTimeOn() {
    Calendar west = moved("Europe/Berlin", "America/Los_Angeles");

    assertThat(west.start(day("2026-06-30"))).isEqualTo("2026-06-29T22:00:00Z");
    assertThat(west.end(day("2026-06-30"))).isEqualTo("2026-06-30T22:00:00Z");
    assertThat(west.start(day("2026-07-02"))).isEqualTo("2026-07-02T07:00:00Z");
    assertThat(west.end(day("2026-07-02"))).isEqualTo("2026-07-03T07:00:00Z");
  }

  @Test
  void aDayOfTwoZonesIsAllThatIsCountedOnIt() {
    Calendar west = moved("Europe/Berlin", "America/Los_Angeles");
    assertThat(west.start(day("2026-07-01"))).isEqualTo("2026-06-30T22:00:00Z");
    assertThat(west.end(day("2026-07-01"))).isEqualTo("2026-07-02T07:00:00Z");

    Calendar east = moved("America/Los_Angeles", "Pacific/Kiritimati");
    assertThat(east.start(day("2026-07-01"))).isEqualTo("2026-07-01T07:00:00Z");
    assertThat(east.end(day("2026-07-01"))).isEqualTo(CHANGE);
    assertThat(east.start(day("2026-07-02"))).isEqualTo(CHANGE);
    assertThat(east.end(day("2026-07-02"))).isEqualTo("2026-07-02T10:00:00Z");
  }

  @Test
  void aDayThatAChangeLeavesOutIsWhereTheNewZoneHasIt() {
    Instant change = Instant.parse("2026-07-01T10:30:00Z");
    Calendar east =
        new Calendar(
            ZoneId.of("Pacific/Pago_Pago"),
            List.of(new Measurement.TimeZoneChange(change, ZoneId.of("Pacific/Kiritimati"))));

    assertThat(east.end(day("2026-06-30"))).isEqualTo(change);
    assertThat(east.start(day("2026-07-01"))).isEqualTo("2026-06-30T10:00:00Z");
    assertThat(east.end(day("2026-07-01"))).isEqualTo("2026-07-01T10:00:00Z");
    assertThat(east.start(day("2026-07-02"))).isEqualTo(change);
  }
}
