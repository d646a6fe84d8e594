package dev.copyloop.events.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataSizeTest {
  @ParameterizedTest
  @CsvSource({
    "0B, 0",
    "512B, 512",
    "64KiB, 65536",
    "8MiB, 8388608",
    "2GiB, 2147483648",
    "1TiB, 1099511627776",
    " 3 MiB , 3145728"
  })
  void aNumberWithAUnitIsRead(String text, long bytes) {
    assertThat(DataSize.parse(text)).isEqualTo(new DataSize(bytes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "8", "8MB", "8mib", "-1B", "1.5MiB", "MiB", "8 MiB x", "999999999999999TiB"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> DataSize.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0B", "1B", "1023B", "1KiB", "1536KiB", "8MiB", "3GiB", "5TiB", "1025B"})
  void theTextIsReadBack(String text) {
    assertThat(DataSize.parse(text)).hasToString(text);
  }

  @Test
  void sizesCompareByBytes() {
    assertThat(DataSize.ofKibibytes(1)).isLessThan(DataSize.ofMebibytes(1));
    assertThat(DataSize.ofGibibytes(1)).isEqualByComparingTo(DataSize.ofMebibytes(1024));
  }

  @Test
  void whatIsBelowZeroOrTooLargeIsRefused() {
    assertThatThrownBy(() -> new DataSize(-1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> DataSize.ofGibibytes(Long.MAX_VALUE))
        .isInstanceOf(ArithmeticException.class);
  }
}
