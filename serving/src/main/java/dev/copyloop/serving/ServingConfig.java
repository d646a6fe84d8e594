package dev.copyloop.serving;

import dev.copyloop.events.config.ConfigReader;
import dev.copyloop.events.config.DataSize;
import dev.copyloop.serving.http.ArrivalLimits;
import dev.copyloop.serving.http.HttpFront;
import dev.copyloop.serving.secrets.KeysetSource;
import dev.copyloop.serving.settings.Database;
import dev.copyloop.serving.webhook.WebhookLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How serving runs; see {@code docs/configuration.md} for the keys.
 *
 * @param port 0 for any free one
 * @param publicUrl what Customer.io calls, without a trailing slash; shown by a template's setup
 * @param adminToken hidden in the text of this record
 * @param snapshotFile the last good settings, for a start without PostgreSQL
 * @param keyset what secrets are sealed with; empty: a file beside the last
 * @param settingsPoll how often the settings' version is looked at beside notifications
 * @param generateBody the largest body of generate
 * @param batchBody the largest body of batch-generate
 * @param eventsBody the largest body of custom events, after decompression
 * @param idleTimeout of a connection; longer than the balancer's
 * @param drainDelay how long {@code /ready} fails before the server stops to listen
 * @param drainTimeout how long requests in flight may then take
 * @param retryMemory how many generations are remembered for retries
 */
public record ServingConfig(
    String host,
    int port,
    String publicUrl,
    String adminToken,
    Database database,
    Path snapshotFile,
    Optional<KeysetSource> keyset,
    Duration settingsPoll,
    DataSize generateBody,
    DataSize batchBody,
    DataSize eventsBody,
    WebhookLimits webhook,
    ArrivalLimits arrival,
    Duration idleTimeout,
    Duration drainDelay,
    Duration drainTimeout,
    int retryMemory) {

  private static final int LEAST_TOKEN_LENGTH = 16;
  private static final int LARGEST_PORT = 65_535;

  public ServingConfig {
    if (port < 0 || port > LARGEST_PORT) {
      throw new IllegalArgumentException(
          "Invalid setting serving.http.port: " + port + " is not in 0 … " + LARGEST_PORT);
    }
    if (adminToken.length() < LEAST_TOKEN_LENGTH) {
      throw new IllegalArgumentException(
          "Invalid setting serving.admin.token: shorter than " + LEAST_TOKEN_LENGTH);
    }
    if (retryMemory < 1) {
      throw new IllegalArgumentException("Invalid setting serving.retry.memory: below 1");
    }
    for (DataSize body : List.of(generateBody, batchBody, eventsBody, webhook.whole())) {
      if (arrival.held().compareTo(body) < 0) {
        throw new IllegalArgumentException(
            "Invalid setting serving.http.arriving-bytes: %s is below the largest body, %s"
                .formatted(arrival.held(), body));
      }
    }
    requirePositive("serving.settings.poll", settingsPoll);
    requirePositive("serving.http.head-timeout", arrival.head());
    requirePositive("serving.http.body-timeout", arrival.body());
    requirePositive("serving.http.idle-timeout", idleTimeout);
  }

  private static void requirePositive(String key, Duration duration) {
    if (duration.toMillis() < 1) {
      throw new IllegalArgumentException(
          "Invalid setting %s: %s is not above 0".formatted(key, duration));
    }
  }

  /**
   * Reads the keys {@code serving.*}.
   *
   * @throws IllegalArgumentException naming the key that is missing or invalid
   */
  public static ServingConfig read(ConfigReader config) {
    String host = config.text("serving.http.host").orElse("127.0.0.1");
    int port = config.integer("serving.http.port", 8080);
    return new ServingConfig(
        host,
        port,
        config.text("serving.public.url").orElse("http://" + host + ":" + port),
        config.requiredText("serving.admin.token"),
        database(config),
        Path.of(config.requiredText("serving.snapshot.file")),
        keyset(config),
        config.duration("serving.settings.poll", Duration.ofSeconds(1)),
        config.size("serving.generate.largest-body", DataSize.ofKibibytes(256)),
        config.size("serving.generate.largest-batch", DataSize.ofMebibytes(1)),
        config.size("serving.events.largest-body", DataSize.ofMebibytes(4)),
        new WebhookLimits(
            config.size("serving.webhook.whole-body", DataSize.ofMebibytes(4)),
            config.size("serving.webhook.largest-body", DataSize.ofMebibytes(256)),
            config.integer("serving.webhook.unverified-per-second", 10)),
        new ArrivalLimits(
            config.duration("serving.http.head-timeout", Duration.ofSeconds(10)),
            config.duration("serving.http.body-timeout", Duration.ofSeconds(10)),
            config.size("serving.http.arriving-bytes", DataSize.ofMebibytes(64))),
        config.duration("serving.http.idle-timeout", Duration.ofSeconds(75)),
        config.duration("serving.drain.delay", Duration.ofSeconds(5)),
        config.duration("serving.drain.timeout", Duration.ofSeconds(10)),
        config.integer("serving.retry.memory", 200_000));
  }

  /** How the HTTP front runs. */
  HttpFront.Config front() {
    return new HttpFront.Config(host, port, arrival, idleTimeout, drainDelay, drainTimeout);
  }

  /** Where the keyset is that secrets are sealed with; empty: beside the snapshot file. */
  static Optional<KeysetSource> keyset(ConfigReader config) {
    return Optional.ofNullable(
        config.parsed(
            "serving.secrets.keyset",
            null,
            KeysetSource::parse,
            "a path, env:NAME or command:PROGRAM ARGUMENT …"));
  }

  /** Where PostgreSQL is. */
  static Database database(ConfigReader config) {
    config.requiredText("serving.database.url");
    return config.parsed(
        "serving.database.url", null, Database::parse, "postgresql://user:password@host:port/name");
  }

  @Override
  public String toString() {
    return "ServingConfig[%s:%d, %s, %s]".formatted(host, port, database, snapshotFile);
  }
}
