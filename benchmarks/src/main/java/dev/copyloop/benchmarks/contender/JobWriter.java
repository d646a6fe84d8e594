package dev.copyloop.benchmarks.contender;

import dev.copyloop.serving.settings.Database;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Copies jobs into {@link JobTable} on a connection of its own. Not thread-safe. */
final class JobWriter {
  private static final String SOURCE = "benchmark";
  private static final String SAME_OF_ALL =
      "\t" + SOURCE + "\t{\"source_id\":\"" + SOURCE + "\",\"source_category\":\"webhook\"}\tGW\t";
  private static final String COPY =
      "copy job (uuid, workspace_id, parameters, custom_val, user_id, event_payload) from stdin";

  private final PGConnection connection;

  /**
   * What becomes a row.
   *
   * @param payload JSON
   */
  record Job(String user, String payload) {}

  private JobWriter(PGConnection connection) {
    this.connection = connection;
  }

  /** Connects to the database of that URL. */
  static JobWriter open(String url) throws SQLException {
    Database database = Database.parse(url);
    Connection connection =
        DriverManager.getConnection(
            "jdbc:postgresql://%s:%d/%s"
                .formatted(database.host(), database.port(), database.name()),
            database.user(),
            database.password());
    return new JobWriter(connection.unwrap(PGConnection.class));
  }

  /** Stores them in one transaction, and returns when it is committed. */
  void store(List<Job> jobs) throws SQLException {
    StringBuilder rows = new StringBuilder();
    for (Job job : jobs) {
      rows.append(UUID.randomUUID()).append(SAME_OF_ALL);
      rows.append(escaped(job.user())).append('\t').append(escaped(job.payload())).append('\n');
    }
    byte[] bytes = rows.toString().getBytes(StandardCharsets.UTF_8);
    CopyIn copy = connection.getCopyAPI().copyIn(COPY);
    copy.writeToCopy(bytes, 0, bytes.length);
    copy.endCopy();
  }

  /** JSON has its line feeds and tabs escaped; other texts here have none. */
  private static String escaped(String text) {
    return text.replace("\\", "\\\\");
  }
}
