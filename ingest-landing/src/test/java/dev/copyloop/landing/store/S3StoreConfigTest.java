package dev.copyloop.landing.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.copyloop.events.config.ConfigReader;
import dev.copyloop.landing.store.S3StoreConfig.AccessKeys;
import dev.copyloop.landing.store.S3StoreConfig.Addressing;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3StoreConfigTest {
  @Test
  void defaults() {
    assertThat(read(Map.of("landing.store.bucket", "b")))
        .isEqualTo(
            new S3StoreConfig(
                Optional.empty(),
                "us-east-1",
                "b",
                Addressing.VIRTUAL_HOST,
                Optional.empty(),
                Duration.ofSeconds(2),
                Duration.ofSeconds(60)));
  }

  @Test
  void everyKeyIsMapped() {
    ConfigReader reader =
        ConfigReader.of(
            Map.of(
                "landing.store.endpoint", "http://127.0.0.1:9000",
                "landing.store.region", "eu-central-1",
                "landing.store.bucket", "b",
                "landing.store.path-style", "true",
                "landing.store.access-key", "the-access-key",
                "landing.store.secret-key", "the-secret-key",
                "landing.store.connect-timeout", "1s",
                "landing.store.request-timeout", "5s"),
            Map.of());
    S3StoreConfig config = S3StoreConfig.read(reader);
    assertThat(config)
        .isEqualTo(
            new S3StoreConfig(
                Optional.of(URI.create("http://127.0.0.1:9000")),
                "eu-central-1",
                "b",
                Addressing.PATH,
                Optional.of(new AccessKeys("the-access-key", "the-secret-key")),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5)));
    reader.rejectUnknown();
    assertThat(config.toString()).doesNotContain("the-secret-key").doesNotContain("the-access-key");
  }

  @ParameterizedTest
  @CsvSource({
    "landing.store.endpoint, localhost:9000",
    "landing.store.endpoint, ftp://host",
    "landing.store.endpoint, ':::'",
    "landing.store.path-style, maybe",
    "landing.store.access-key, only-one-of-two",
    "landing.store.secret-key, only-one-of-two",
    "landing.store.connect-timeout, fast",
    "landing.store.connect-timeout, 0s",
    "landing.store.request-timeout, 0s"
  })
  void anInvalidValueIsRefusedByItsKey(String key, String value) {
    Map<String, String> values = new HashMap<>(Map.of("landing.store.bucket", "b"));
    values.put(key, value);
    assertThatThrownBy(() -> read(values))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(key)
        .hasMessageNotContaining("only-one-of-two");
  }

  @Test
  void theBucketIsRequired() {
    assertThatThrownBy(() -> read(Map.of())).hasMessageContaining("landing.store.bucket");
  }

  private static S3StoreConfig read(Map<String, String> values) {
    return S3StoreConfig.read(ConfigReader.of(values, Map.of()));
  }
}
