package dev.copyloop.jobs.lease;

import dev.copyloop.embedded.Fixtures;
import dev.copyloop.embedded.PostgresDatabase;
import dev.copyloop.jobs.run.SettingsSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/** A database of its own with the lease's table, as serving's migration creates it. */
public final class LeaseDatabase {
  private static final Path MIGRATION =
      Path.of("../serving/src/main/resources/dev/copyloop/serving/migrations/V10__lease.sql");

  private final PostgresDatabase database;

  private LeaseDatabase(PostgresDatabase database) {
    this.database = database;
  }

  public static LeaseDatabase fresh() throws SQLException, IOException {
    LeaseDatabase fresh = new LeaseDatabase(Fixtures.postgres().newDatabase());
    fresh.execute(
        "create schema copyloop; set search_path to copyloop; " + Files.readString(MIGRATION));
    return fresh;
  }

  public String url() {
    return database.url();
  }

  public void execute(String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  public LeaseConfig config(Duration time, Duration patience) {
    return new LeaseConfig(
        Optional.of(new SettingsSource.Database(URI.create(url()))), time, patience);
  }
}
