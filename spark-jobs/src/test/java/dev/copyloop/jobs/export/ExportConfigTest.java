package dev.copyloop.jobs.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.copyloop.events.config.ConfigReader;
import dev.copyloop.events.config.DataSize;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExportConfigTest {
  @Test
  void hasDefaults() {
    assertThat(read(Map.of())).isEqualTo(new ExportConfig(DataSize.ofGibibytes(1)));
  }

  @Test
  void readsEveryKey() {
    assertThat(read(Map.of("export.part.size", "64MiB")))
        .isEqualTo(new ExportConfig(DataSize.ofMebibytes(64)));
  }

  @Test
  void namesTheKeyOfAWrongValue() {
    assertThatThrownBy(() -> read(Map.of("export.part.size", "0B")))
        .hasMessageContaining("export.part.size");
  }

  private static ExportConfig read(Map<String, String> values) {
    return ExportConfig.read(ConfigReader.of(values, Map.of()));
  }
}
