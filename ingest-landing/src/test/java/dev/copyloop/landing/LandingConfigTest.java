package dev.copyloop.landing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.copyloop.events.config.ConfigReader;
import dev.copyloop.events.config.DataSize;
import dev.copyloop.landing.LandingConfig.VolatileSpool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LandingConfigTest {
  @Test
  void defaults() {
    assertThat(read(Map.of("landing.spool.directory", "/spool")))
        .isEqualTo(
            new LandingConfig(
                Path.of("/spool"),
                DataSize.ofGibibytes(8),
                VolatileSpool.REFUSED,
                DataSize.ofMebibytes(16),
                Duration.ofSeconds(3),
                DataSize.ofMebibytes(64),
                Duration.ofMinutes(1),
                Duration.ofDays(1),
                DataSize.ofMebibytes(256),
                Duration.ofSeconds(30),
                Duration.ofSeconds(20)));
  }

  @Test
  void everyKeyIsMapped() {
    ConfigReader reader =
        ConfigReader.of(
            Map.ofEntries(
                Map.entry("landing.spool.directory", "/other"),
                Map.entry("landing.spool.budget", "1GiB"),
                Map.entry("landing.spool.allow-volatile", "true"),
                Map.entry("landing.queue.size", "1MiB"),
                Map.entry("landing.queue.age", "2s"),
                Map.entry("landing.segment.size", "2MiB"),
                Map.entry("landing.segment.age", "3s"),
                Map.entry("landing.segment.retention", "4h"),
                Map.entry("landing.recent.size", "5MiB"),
                Map.entry("landing.mark.interval", "6s"),
                Map.entry("landing.drain.grace", "7s")),
            Map.of());
    assertThat(LandingConfig.read(reader))
        .isEqualTo(
            new LandingConfig(
                Path.of("/other"),
                DataSize.ofGibibytes(1),
                VolatileSpool.ALLOWED,
                DataSize.ofMebibytes(1),
                Duration.ofSeconds(2),
                DataSize.ofMebibytes(2),
                Duration.ofSeconds(3),
                Duration.ofHours(4),
                DataSize.ofMebibytes(5),
                Duration.ofSeconds(6),
                Duration.ofSeconds(7)));
    reader.rejectUnknown();
  }

  @ParameterizedTest
  @CsvSource({
    "landing.spool.budget, 1KiB",
    "landing.spool.allow-volatile, yes",
    "landing.queue.size, 1B",
    "landing.queue.age, 0s",
    "landing.segment.size, 1KiB",
    "landing.segment.size, 97MiB",
    "landing.segment.age, 0s",
    "landing.segment.retention, soon",
    "landing.recent.size, many",
    "landing.mark.interval, 0s",
    "landing.drain.grace, -1s"
  })
  void anInvalidValueIsRefusedByItsKey(String key, String value) {
    assertThatThrownBy(() -> Settings.of(Path.of("/spool"), key, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(key);
  }

  @Test
  void theDirectoryIsRequired() {
    assertThatThrownBy(() -> read(Map.of())).hasMessageContaining("landing.spool.directory");
  }

  private static LandingConfig read(Map<String, String> values) {
    return LandingConfig.read(ConfigReader.of(values, Map.of()));
  }
}
