package dev.copyloop.landing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.copyloop.events.config.ConfigReader;
import dev.copyloop.events.config.DataSize;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectLandingConfigTest {
  @Test
  void defaults() {
    assertThat(ObjectLandingConfig.read(ConfigReader.of(Map.of(), Map.of())))
        .isEqualTo(
            new ObjectLandingConfig(
                DataSize.ofMebibytes(16),
                Duration.ofSeconds(3),
                Duration.ofMillis(100),
                DataSize.ofMebibytes(4),
                4,
                Duration.ofSeconds(3),
                Duration.ofSeconds(30),
                Duration.ofSeconds(20)));
  }

  @Test
  void everyKeyIsMapped() {
    ConfigReader reader =
        ConfigReader.of(
            Map.of(
                "landing.queue.size", "1MiB",
                "landing.queue.age", "1s",
                "landing.batch.age", "2ms",
                "landing.batch.size", "3MiB",
                "landing.batch.puts", "4",
                "landing.batch.patience", "5s",
                "landing.mark.interval", "6s",
                "landing.drain.grace", "7s"),
            Map.of());
    assertThat(ObjectLandingConfig.read(reader))
        .isEqualTo(
            new ObjectLandingConfig(
                DataSize.ofMebibytes(1),
                Duration.ofSeconds(1),
                Duration.ofMillis(2),
                DataSize.ofMebibytes(3),
                4,
                Duration.ofSeconds(5),
                Duration.ofSeconds(6),
                Duration.ofSeconds(7)));
    reader.rejectUnknown();
  }

  @ParameterizedTest
  @CsvSource({
    "landing.queue.size, 1B",
    "landing.queue.age, 0s",
    "landing.batch.age, -1s",
    "landing.batch.size, 1B",
    "landing.batch.size, 97MiB",
    "landing.batch.puts, 0",
    "landing.batch.puts, 17",
    "landing.batch.patience, 0s",
    "landing.mark.interval, 0s",
    "landing.drain.grace, -1s"
  })
  void anInvalidValueIsRefusedByItsKey(String key, String value) {
    assertThatThrownBy(
            () -> ObjectLandingConfig.read(ConfigReader.of(Map.of(key, value), Map.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(key);
  }

  @Test
  void anUnknownDurabilityIsRefused() {
    ConfigReader reader = ConfigReader.of(Map.of("landing.durability", "hope"), Map.of());
    assertThatThrownBy(() -> LandingOpener.read(reader))
        .hasMessageContaining("landing.durability")
        .hasMessageContaining("spool or object");
  }
}
