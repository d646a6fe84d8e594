package dev.copyloop.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * A real PostgreSQL server on a data directory, durable: {@code fsync} and {@code
 * synchronous_commit} are on, and checked at every start.
 *
 * <p>A start on the directory of a server that was killed recovers it; a server that still runs on
 * it, left by a killed parent, is stopped first. Works as root. Whoever starts it closes it: it
 * outlives this process otherwise. Thread-safe.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private static final String LOGIN = "postgres";
  private static final Map<String, String> DURABLE =
      Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");

  private final io.zonky.test.db.postgres.embedded.EmbeddedPostgres server;
  private final Path dataDirectory;
  private final PostgresDatabase database;

  private EmbeddedPostgres(
      io.zonky.test.db.postgres.embedded.EmbeddedPostgres server, Path dataDirectory) {
    this.server = server;
    this.dataDirectory = dataDirectory;
    this.database = new PostgresDatabase("127.0.0.1", server.getPort(), LOGIN, LOGIN, LOGIN);
  }

  /**
   * Starts a server and waits until it answers.
   *
   * @throws IOException if it can't start; its own words are in the log
   */
  public static EmbeddedPostgres start(PostgresConfig config) throws IOException {
    Files.createDirectories(config.dataDirectory());
    Files.createDirectories(config.binaries());
    LeftoverServer.stop(config.dataDirectory());
    EmbeddedPostgres started =
        new EmbeddedPostgres(builder(config).start(), config.dataDirectory());
    try {
      started.checkDurable();
      return started;
    } catch (SQLException | RuntimeException e) {
      started.close();
      throw new IOException("Cannot use PostgreSQL in " + config.dataDirectory(), e);
    }
  }

  /**
   * Stops the server that a killed parent left on a data directory, if there is one.
   *
   * @throws IOException if it does not stop
   */
  public static void stopLeftover(Path dataDirectory) throws IOException {
    LeftoverServer.stop(dataDirectory);
  }

  /** The server's process. */
  public ProcessHandle process() throws IOException {
    return LeftoverServer.running(dataDirectory)
        .orElseThrow(() -> new IOException("PostgreSQL ended: " + dataDirectory));
  }

  /** The database {@code postgres} of this server. */
  public PostgresDatabase database() {
    return database;
  }

  /** {@code postgresql://user:password@host:port/database}. */
  public String url() {
    return database.url();
  }

  public String jdbcUrl() {
    return database.jdbcUrl();
  }

  public int port() {
    return database.port();
  }

  /** Stops the server, waiting for it. */
  @Override
  public void close() throws IOException {
    server.close();
  }

  private static io.zonky.test.db.postgres.embedded.EmbeddedPostgres.Builder builder(
      PostgresConfig config) {
    var builder =
        io.zonky.test.db.postgres.embedded.EmbeddedPostgres.builder()
            .setDataDirectory(config.dataDirectory())
            .setOverrideWorkingDirectory(config.binaries().toFile())
            .setCleanDataDirectory(false)
            .setPort(config.port())
            .setRegisterShutdownHook(false)
            .setPGStartupWait(config.startTimeout())
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("max_connections", "100")
            .setServerConfig("shared_buffers", "32MB");
    DURABLE.forEach(builder::setServerConfig);
    return builder;
  }

  private void checkDurable() throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (String setting : DURABLE.keySet()) {
        try (ResultSet row = statement.executeQuery("SHOW " + setting)) {
          row.next();
          if (!"on".equals(row.getString(1))) {
            throw new IllegalStateException("PostgreSQL runs with %s off".formatted(setting));
          }
        }
      }
    }
  }
}
