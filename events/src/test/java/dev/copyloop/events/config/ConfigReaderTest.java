package dev.copyloop.events.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {
  private static final String KEY = "landing.segment.max-age";

  @Test
  void theEnvironmentOverridesTheFile() {
    ConfigReader config =
        ConfigReader.of(Map.of(KEY, "1s"), Map.of("COPYLOOP_LANDING_SEGMENT_MAX_AGE", "2s"));
    assertThat(config.duration(KEY, Duration.ZERO)).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void blankIsAbsent() {
    ConfigReader config = ConfigReader.of(Map.of(KEY, "  "), Map.of());
    assertThat(config.text(KEY)).isEmpty();
    assertThat(config.integer(KEY, 7)).isEqualTo(7);
  }

  @Test
  void valuesAreStripped() {
    assertThat(reader(" a b ").text(KEY)).contains("a b");
  }

  @Test
  void aMissingKeyIsNamedWithItsVariable() {
    assertThatThrownBy(() -> ConfigReader.of(Map.of(), Map.of()).requiredText(KEY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(KEY)
        .hasMessageContaining("COPYLOOP_LANDING_SEGMENT_MAX_AGE");
  }

  @ParameterizedTest
  @CsvSource({
    "250ms, PT0.25S",
    "5s, PT5S",
    "2m, PT2M",
    "1h, PT1H",
    "7d, PT168H",
    "0s, PT0S",
    "3 s, PT3S"
  })
  void durationsHaveUnits(String text, Duration expected) {
    assertThat(reader(text).duration(KEY, null)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "47",
        "days",
        "-47s",
        "47 weeks",
        "4.7s",
        "99999999999999999999s",
        "9999999999999999d"
      })
  void otherDurationsAreRefusedByKeyWithoutTheValue(String text) {
    assertThatThrownBy(() -> reader(text).duration(KEY, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(KEY)
        .hasMessageNotContaining(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "1.0", "99999999999"})
  void otherNumbersAreRefused(String text) {
    assertThatThrownBy(() -> reader(text).integer(KEY, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(KEY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"8", "8MB", "999999999999999TiB"})
  void otherSizesAreRefused(String text) {
    assertThatThrownBy(() -> reader(text).size(KEY, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(KEY);
  }

  @Test
  void whatNobodyAskedForIsRefused() {
    ConfigReader config = ConfigReader.of(Map.of(KEY, "secret", "known.key", "1"), Map.of());
    assertThat(config.integer("known.key", 0)).isEqualTo(1);
    assertThatThrownBy(config::rejectUnknown)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(KEY)
        .hasMessageNotContaining("known.key")
        .hasMessageNotContaining("secret");
    config.text(KEY);
    config.rejectUnknown();
  }

  @Test
  void aPropertiesFileIsRead(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("c.properties"), "# ü\n" + KEY + " = äöü\n");
    assertThat(ConfigReader.ofFile(file).text(KEY)).contains("äöü");
    assertThatThrownBy(() -> ConfigReader.ofFile(folder.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }

  private static ConfigReader reader(String value) {
    return ConfigReader.of(Map.of(KEY, value), Map.of());
  }
}
