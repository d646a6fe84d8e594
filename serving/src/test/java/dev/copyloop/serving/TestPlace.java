package dev.copyloop.serving;

import dev.copyloop.embedded.Fixtures;
import dev.copyloop.embedded.PostgresDatabase;
import dev.copyloop.events.config.DataSize;
import dev.copyloop.landing.LandingConfig;
import dev.copyloop.landing.store.S3StoreConfig;
import dev.copyloop.serving.http.ArrivalLimits;
import dev.copyloop.serving.settings.Database;
import dev.copyloop.serving.webhook.WebhookLimits;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/** What outlives a server: a database, a bucket, a spool and a settings file of a test's own. */
record TestPlace(Path folder, PostgresDatabase database, String bucket) {
  static final String ADMIN_TOKEN = "test-admin-token-0123456789";

  static TestPlace create() throws IOException {
    return new TestPlace(
        Fixtures.folder("serving"),
        Fixtures.postgres().newDatabase(),
        Fixtures.storage().newBucket());
  }

  /** The place of another server with the same database and bucket. */
  TestPlace beside() throws IOException {
    return new TestPlace(Fixtures.folder("serving"), database, bucket);
  }

  /** How many rows the query finds in the database. */
  int rows(String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("select count(*) from (" + sql + ") as found")) {
      result.next();
      return result.getInt(1);
    }
  }

  Path spool() {
    return folder.resolve("spool");
  }

  ServingConfig serving() {
    return serving(Database.parse(database.url()));
  }

  ServingConfig serving(Database postgres) {
    return new ServingConfig(
        "127.0.0.1",
        0,
        "https://copy.example.test",
        ADMIN_TOKEN,
        postgres,
        folder.resolve("settings.json"),
        Optional.empty(),
        Duration.ofMillis(500),
        DataSize.ofKibibytes(256),
        DataSize.ofMebibytes(1),
        DataSize.ofMebibytes(1),
        new WebhookLimits(DataSize.ofMebibytes(2), DataSize.ofMebibytes(16), 2),
        new ArrivalLimits(Duration.ofSeconds(2), Duration.ofSeconds(1), DataSize.ofMebibytes(3)),
        Duration.ofSeconds(30),
        Duration.ofMillis(50),
        Duration.ofSeconds(5),
        10_000);
  }

  LandingConfig landing() {
    return new LandingConfig(
        spool(),
        DataSize.ofMebibytes(256),
        LandingConfig.VolatileSpool.ALLOWED,
        DataSize.ofMebibytes(32),
        Duration.ofMinutes(1),
        DataSize.ofMebibytes(8),
        Duration.ofMillis(500),
        Duration.ofHours(1),
        DataSize.ofMebibytes(64),
        Duration.ofSeconds(1),
        Duration.ofSeconds(20));
  }

  S3StoreConfig store() {
    return store(Fixtures.storage().endpoint(), Duration.ofSeconds(20));
  }

  S3StoreConfig store(String endpoint, Duration requestTimeout) {
    return new S3StoreConfig(
        Optional.of(URI.create(endpoint)),
        Fixtures.storage().region(),
        bucket,
        S3StoreConfig.Addressing.PATH,
        Optional.of(
            new S3StoreConfig.AccessKeys(
                Fixtures.storage().accessKey(), Fixtures.storage().secretKey())),
        Duration.ofSeconds(2),
        requestTimeout);
  }
}
