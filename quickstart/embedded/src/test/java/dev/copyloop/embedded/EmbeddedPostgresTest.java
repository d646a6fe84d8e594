package dev.copyloop.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
  @TempDir Path folder;

  @Test
  void syncsEveryCommit() throws Exception {
    try (EmbeddedPostgres server = start(0)) {
      assertThat(value(server, "SHOW fsync")).isEqualTo("on");
      assertThat(value(server, "SHOW synchronous_commit")).isEqualTo("on");
      assertThat(value(server, "SHOW full_page_writes")).isEqualTo("on");
    }
  }

  @Test
  void keepsItsDataAndItsPortOverARestart() throws Exception {
    int port;
    try (EmbeddedPostgres server = start(0)) {
      port = server.port();
      execute(server, "CREATE TABLE kept AS SELECT 42 AS answer");
    }
    try (EmbeddedPostgres server = start(port)) {
      assertThat(server.port()).isEqualTo(port);
      assertThat(value(server, "SELECT answer FROM kept")).isEqualTo("42");
    }
  }

  @Test
  void recoversWhatWasCommittedBeforeAKill() throws Exception {
    EmbeddedPostgres killed = start(0);
    execute(killed, "CREATE TABLE kept AS SELECT 42 AS answer");
    ProcessHandle process = process();
    process.destroyForcibly();
    process.onExit().join();
    killed.close();

    try (EmbeddedPostgres server = start(killed.port())) {
      assertThat(value(server, "SELECT answer FROM kept")).isEqualTo("42");
    }
  }

  @Test
  void replacesAServerThatOutlivedItsParent() throws Exception {
    int port = startInAProcessThatDies();
    ProcessHandle left = process();
    assertThat(left.isAlive()).isTrue();

    try (EmbeddedPostgres server = start(port)) {
      assertThat(left.isAlive()).isFalse();
      assertThat(value(server, "SELECT answer FROM kept")).isEqualTo("42");
    }
  }

  @Test
  void readsBackItsOwnUrl() {
    PostgresDatabase database = new PostgresDatabase("localhost", 5433, "data", "u:1", "p@ß");
    assertThat(PostgresDatabase.parse(database.url())).isEqualTo(database);
    assertThat(database.toString()).doesNotContain("p@");
  }

  private EmbeddedPostgres start(int port) throws Exception {
    return EmbeddedPostgres.start(PostgresConfig.of(folder.resolve("data"), port));
  }

  private int startInAProcessThatDies() throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                DyingParent.class.getName(),
                folder.resolve("data").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String port = parent.inputReader().readLine();
    parent.destroyForcibly().waitFor();
    return Integer.parseInt(port);
  }

  /** Starts a server and waits to be killed. */
  static final class DyingParent {
    public static void main(String[] arguments) throws Exception {
      EmbeddedPostgres server = EmbeddedPostgres.start(PostgresConfig.of(Path.of(arguments[0]), 0));
      execute(server, "CREATE TABLE kept AS SELECT 42 AS answer");
      System.out.println(server.port());
      System.in.read();
    }
  }

  private ProcessHandle process() throws Exception {
    String pid = Files.readAllLines(folder.resolve("data/postmaster.pid")).get(0);
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  private static void execute(EmbeddedPostgres server, String sql) throws SQLException {
    try (Connection connection = server.database().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String value(EmbeddedPostgres server, String sql) throws SQLException {
    try (Connection connection = server.database().connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
