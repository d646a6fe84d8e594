package dev.copyloop.jobs.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class HourTextTest {

  private final HourText hours = new HourText();

  private String hour(String time) {
    return hours.call(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(time)));
  }

  @Test
  void spellsTheHourWhateverWasAskedForBefore() {
    assertThat(hour("2026-11-03T05:00:00Z")).isEqualTo("2026-11-03T05");
    assertThat(hour("2026-11-03T05:59:59.999999Z")).isEqualTo("2026-11-03T05");
    assertThat(hour("2026-11-04T13:00:00Z")).isEqualTo("2026-11-04T13");
    assertThat(hour("2026-11-03T05:30:00Z")).isEqualTo("2026-11-03T05");
    assertThat(hour("1969-12-31T23:59:59.999999Z")).isEqualTo("1969-12-31T23");
  }
}
