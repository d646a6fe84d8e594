package dev.copyloop.events.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimeTest {
  @ParameterizedTest
  @CsvSource({
    "1760000000, 1760000000000",
    "1760000000000, 1760000000000",
    "99999999999, 99999999999000",
    "100000000000, 100000000000",
    "1760000000.5, 1760000000500",
    "1760000000.99999, 1760000000999",
    "1760000000000.9, 1760000000000",
    "1.76e9, 1760000000000",
    "1.76E12, 1760000000000",
    "0, 0",
    "-1, -1000",
    "' 1760000000 ', 1760000000000"
  })
  void readsSecondsBelowOneHundredBillionAndMillisecondsFromThere(String text, long millis) {
    assertThat(EventTime.parseNumber(text)).isEqualTo(millis);
    assertThat(EventTime.parse(text)).isEqualTo(millis);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T12:00:00Z, 2026-03-01T12:00:00Z",
    "2026-03-01T12:00:00.25+01:00, 2026-03-01T11:00:00.250Z",
    "2026-03-01T12:00-05:30, 2026-03-01T17:30:00Z",
    "2026-03-01T12:00:00.25+0100, 2026-03-01T11:00:00.250Z",
    "2026-03-01T12:00:00-0530, 2026-03-01T17:30:00Z",
    "2026-03-01T12:00:00+01, 2026-03-01T11:00:00Z",
    "2026-03-01t12:00:00z, 2026-03-01T12:00:00Z"
  })
  void readsIsoTimesWithAnOffset(String text, Instant instant) {
    assertThat(EventTime.parse(text)).isEqualTo(instant.toEpochMilli());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "abc",
        "2026-03-01T12:00:00",
        "2026-03-01T12:00:00+",
        "2026-03-01T12:00:00+0",
        "2026-03-01T12:00:00+01x",
        "2026-03-01",
        "NaN",
        "Infinity",
        "0x10",
        "1e999999999",
        "1e-999999999",
        "1e2147483647",
        "-1e2147483647",
        "-999999999999999999",
        "-1e17",
        "+999999999-01-01T00:00:00Z",
        "-999999999-01-01T00:00:00Z",
        "123456789012345678901",
        "12 34",
        "１７６００００００００"
      })
  void refusesWhatIsNoTime(String text) {
    assertThatThrownBy(() -> EventTime.parse(text)).isInstanceOf(DateTimeException.class);
  }

  @Test
  void takesNoIsoTimeWhereOnlyNumbersAreAllowed() {
    assertThatThrownBy(() -> EventTime.parseNumber("2026-03-01T12:00:00Z"))
        .isInstanceOf(DateTimeException.class);
  }

  @Test
  void believesTimesFrom2015ToAnHourAfterArrival() {
    long received = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();

    assertThat(EventTime.isPlausible(millis("2015-01-01T00:00:00Z"), received)).isTrue();
    assertThat(EventTime.isPlausible(millis("2014-12-31T23:59:59.999Z"), received)).isFalse();
    assertThat(EventTime.isPlausible(millis("2026-03-01T13:00:00Z"), received)).isTrue();
    assertThat(EventTime.isPlausible(millis("2026-03-01T13:00:00.001Z"), received)).isFalse();
  }

  private static long millis(String instant) {
    return Instant.parse(instant).toEpochMilli();
  }
}
