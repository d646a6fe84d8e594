package dev.copyloop.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.copyloop.events.config.ConfigReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServingConfigTest {
  private static Map<String, String> needed() {
    Map<String, String> values = new HashMap<>();
    values.put("serving.admin.token", "a-token-that-is-secret");
    values.put("serving.database.url", "postgresql://me:p%40ss@db.test:6543/copyloop");
    values.put("serving.snapshot.file", "/var/lib/copyloop/settings.json");
    return values;
  }

  private static ServingConfig read(Map<String, String> values) {
    ConfigReader reader = ConfigReader.of(values, Map.of());
    ServingConfig config = ServingConfig.read(reader);
    reader.rejectUnknown();
    return config;
  }

  @Test
  void hasDefaultsForAllButThree() {
    ServingConfig config = read(needed());
    assertThat(config.port()).isEqualTo(8080);
    assertThat(config.drainDelay()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.database().password()).isEqualTo("p@ss");
    assertThat(config.database().port()).isEqualTo(6543);
  }

  @Test
  void hidesItsSecrets() {
    assertThat(read(needed()).toString()).doesNotContain("secret").doesNotContain("p@ss");
  }

  @ParameterizedTest
  @CsvSource({
    "serving.http.port,70000",
    "serving.http.port,x",
    "serving.admin.token,short",
    "serving.database.url,mysql://x/y",
    "serving.retry.memory,0",
    "serving.settings.poll,0s",
    "serving.webhook.whole-body,1KiB",
    "serving.webhook.whole-body,17MiB",
    "serving.http.arriving-bytes,1MiB",
    "serving.webhook.largest-body,1MiB",
    "serving.webhook.unverified-per-second,-1",
    "serving.misspelled,1"
  })
  void namesTheKeyThatIsInvalid(String key, String value) {
    Map<String, String> values = needed();
    values.put(key, value);
    assertThatThrownBy(() -> read(values))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(key);
  }
}
