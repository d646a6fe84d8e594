package dev.copyloop.jobs.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalDayTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kolkata", "Pacific/Apia"})
  void isTheDayThatJavaSays(String name) {
    ZoneId zone = ZoneId.of(name);
    LocalDay day = new LocalDay(zone);
    Random random = new Random(3);
    Instant start = Instant.parse("1960-01-01T00:00:00Z");
    for (int i = 0; i < 20_000; i++) {
      Instant at = start.plus(random.nextLong(100L * 365 * 86_400_000_000L), ChronoUnit.MICROS);
      assertSameDay(day, at, zone);
      assertSameDay(day, LocalDate.ofInstant(at, zone).atStartOfDay(zone).toInstant(), zone);
    }
    assertThat(day.call(null)).isNull();
  }

  /** At that time and just before. */
  private static void assertSameDay(LocalDay day, Instant at, ZoneId zone) {
    for (Instant time : new Instant[] {at, at.minus(1, ChronoUnit.MICROS)}) {
      assertThat(day.call(ChronoUnit.MICROS.between(Instant.EPOCH, time)))
          .isEqualTo((int) LocalDate.ofInstant(time, zone).toEpochDay());
    }
  }
}
