package dev.copyloop.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeRangeTest {
  private static final Instant FIVE = Instant.parse("2026-11-03T05:00:00Z");
  private static final Instant SIX = Instant.parse("2026-11-03T06:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "2026-11-03, 2026-11-03T00:00:00Z",
    "2026-11-03T05, 2026-11-03T05:00:00Z",
    "2026-11-03T05:00:00Z, 2026-11-03T05:00:00Z"
  })
  void readsUtcDatesAndHours(String text, Instant bound) {
    assertThat(TimeRange.parseBound(text)).isEqualTo(bound);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "2026-13-01", "2026-11-03T05:30:00Z", "20261103"})
  void refusesWhatIsNoUtcHour(String text) {
    assertThatThrownBy(() -> TimeRange.parseBound(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text);
  }

  @Test
  void isHalfOpen() {
    TimeRange range = new TimeRange(Optional.of(FIVE), Optional.of(SIX));

    assertThat(range.contains(FIVE)).isTrue();
    assertThat(range.contains(SIX)).isFalse();
    assertThat(TimeRange.ALL.contains(Instant.EPOCH)).isTrue();
    assertThatThrownBy(() -> new TimeRange(Optional.of(FIVE), Optional.of(FIVE)))
        .hasMessageContaining("empty");
  }
}
