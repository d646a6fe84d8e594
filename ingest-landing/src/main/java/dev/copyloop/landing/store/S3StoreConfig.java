package dev.copyloop.landing.store;

import dev.copyloop.events.config.ConfigReader;
import dev.copyloop.landing.Durability;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the object storage is and how it is spoken to.
 *
 * @param endpoint empty: the cloud's own, by region
 * @param keys empty: the SDK's default chain (environment, profile, instance role)
 * @param requestTimeout of one attempt, upload of the whole object included
 */
public record S3StoreConfig(
    Optional<URI> endpoint,
    String region,
    String bucket,
    Addressing addressing,
    Optional<AccessKeys> keys,
    Duration connectTimeout,
    Duration requestTimeout) {

  public S3StoreConfig {
    requirePositive("landing.store.connect-timeout", connectTimeout);
    requirePositive("landing.store.request-timeout", requestTimeout);
  }

  private static void requirePositive(String key, Duration timeout) {
    if (timeout.isZero() || timeout.isNegative()) {
      throw new IllegalArgumentException(
          "Invalid setting %s: %s is not above 0".formatted(key, timeout));
    }
  }

  /** How the bucket is named in a request. */
  public enum Addressing {
    /** As a part of the host name. */
    VIRTUAL_HOST,
    /** As the first part of the path: most stores of one's own. */
    PATH
  }

  /** A static pair of keys; its text hides both. */
  public record AccessKeys(String accessKey, String secretKey) {
    @Override
    public String toString() {
      return "AccessKeys[hidden]";
    }
  }

  /**
   * Reads the keys {@code landing.store.*}.
   *
   * @throws IllegalArgumentException naming the key that is missing or invalid
   */
  public static S3StoreConfig read(ConfigReader config) {
    return new S3StoreConfig(
        Optional.ofNullable(
            config.parsed("landing.store.endpoint", null, S3StoreConfig::uri, "an http(s) URL")),
        config.text("landing.store.region").orElse("us-east-1"),
        config.requiredText("landing.store.bucket"),
        config.parsed(
            "landing.store.path-style",
            Addressing.VIRTUAL_HOST,
            S3StoreConfig::addressing,
            "true or false"),
        keys(config),
        config.duration("landing.store.connect-timeout", Duration.ofSeconds(2)),
        config.duration("landing.store.request-timeout", requestTimeout(Durability.read(config))));
  }

  /** Where a sender waits for the put, one that hangs must leave time for another. */
  private static Duration requestTimeout(Durability durability) {
    return Duration.ofSeconds(durability == Durability.OBJECT ? 2 : 60);
  }

  private static URI uri(String text) {
    URI uri = URI.create(text);
    if (uri.getHost() == null
        || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
      throw new IllegalArgumentException("expected an http(s) URL");
    }
    return uri;
  }

  private static Addressing addressing(String text) {
    return switch (text) {
      case "true" -> Addressing.PATH;
      case "false" -> Addressing.VIRTUAL_HOST;
      default -> throw new IllegalArgumentException("expected true or false");
    };
  }

  private static Optional<AccessKeys> keys(ConfigReader config) {
    Optional<String> accessKey = config.text("landing.store.access-key");
    Optional<String> secretKey = config.text("landing.store.secret-key");
    if (accessKey.isPresent() != secretKey.isPresent()) {
      throw new IllegalArgumentException(
          "Invalid settings landing.store.access-key and landing.store.secret-key:"
              + " set both or neither");
    }
    return accessKey.map(key -> new AccessKeys(key, secretKey.orElseThrow()));
  }
}
