package dev.copyloop.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.events.landing.Source;
import dev.copyloop.events.landing.Verification;
import dev.copyloop.serving.settings.Database;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

class SealedSecretsTest {
  private static final String KEY = "a-signing-key-of-customer-io";
  private static final String BODY = "{\"event_id\":\"e-1\"}";

  private static int signed(TestServer server) {
    return server
        .post(
            TestOrg.CIO + "acme",
            BODY,
            Signatures.headers(KEY, "1700000000", BODY.getBytes(StandardCharsets.UTF_8)))
        .statusCode();
  }

  private static String allText(TestPlace place, String table) throws SQLException {
    try (Connection connection = place.database().connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select string_agg(t::text, ' ') from copyloop." + table + " t")) {
      rows.next();
      return rows.getString(1);
    }
  }

  @Test
  void aSigningKeyIsNowhereInClearAndServesWithoutPostgres() throws IOException, SQLException {
    TestPlace place = TestPlace.create();
    try (TestServer server = TestServer.start(place)) {
      TestOrg.create(server, "acme");
      server.admitted("PUT", "/orgs/acme/workspaces/Production", "{}");
      server.admitted(
          "POST", "/orgs/acme/workspaces/Production/signing-keys", "{\"key\":\"" + KEY + "\"}");
      server.settle();
      assertThat(signed(server)).isEqualTo(200);
    }
    assertThat(allText(place, "signing_key")).contains("Production").doesNotContain(KEY);
    assertThat(allText(place, "audit")).doesNotContain(KEY);
    assertThat(Files.readString(place.folder().resolve("settings.json")))
        .contains("sealed")
        .doesNotContain(KEY);
    Database nobody = new Database("127.0.0.1", 1, "copyloop", "nobody", "");
    try (TestServer server = TestServer.start(place, place.serving(nobody))) {
      assertThat(signed(server)).isEqualTo(200);
    }
    assertThat(LandedLines.of(place.bucket(), Source.CIO))
        .hasSize(2)
        .allMatch(line -> line.verification() == Verification.VERIFIED);
  }

  @Test
  void keysOfTheReleaseBeforeAreSealedWhenTheSchemaIsMigrated() throws IOException, SQLException {
    TestPlace place = TestPlace.create();
    migrateTo(place, "4");
    try (Connection connection = place.database().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("set search_path = copyloop");
      statement.execute("insert into org values ('acme', 'UTC', 'id', 'id', '[]')");
      statement.execute(
          "insert into workspace values ('acme', 'Production', 'us', 'journey', '[]')");
      statement.execute(
          "insert into signing_key (org, workspace, key) values ('acme', 'Production', '"
              + KEY
              + "')");
    }
    try (TestServer server = TestServer.start(place)) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertThat(signed(server)).isEqualTo(200));
    }
    assertThat(allText(place, "signing_key")).doesNotContain(KEY);
    assertThat(LandedLines.of(place.bucket(), Source.CIO))
        .allMatch(line -> line.verification() == Verification.VERIFIED);
  }

  @Test
  void theSealingKeyIsReplacedWhileSecretsStayReadable() throws IOException, SQLException {
    TestPlace place = TestPlace.create();
    Path config = ServingProcess.config(place);
    try (TestServer server = TestServer.start(place)) {
      TestOrg.create(server, "acme");
      server.admitted("PUT", "/orgs/acme/workspaces/Production", "{}");
      server.admitted(
          "POST", "/orgs/acme/workspaces/Production/signing-keys", "{\"key\":\"" + KEY + "\"}");
    }
    String before = allText(place, "signing_key");
    assertThat(secrets("promote", config)).isEqualTo(1);
    assertThat(secrets("add-key", config)).isZero();
    assertThat(secrets("add-key", config)).as("one after the other").isEqualTo(1);
    assertThat(secrets("promote", config)).isZero();
    assertThat(secrets("retire", config)).as("it is still needed").isEqualTo(1);
    try (TestServer server = TestServer.start(place)) {
      long version = server.admitted("GET", "/settings", "").path("version").asLong();
      assertThat(secrets("reseal", config)).isZero();
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> server.admitted("GET", "/settings", "").path("version").asLong() > version);
      server.settle();
      assertThat(signed(server)).isEqualTo(200);
    }
    assertThat(allText(place, "signing_key")).isNotEqualTo(before).doesNotContain(KEY);
    assertThat(secrets("retire", config)).isZero();
    try (TestServer server = TestServer.start(place)) {
      server.settle();
      assertThat(signed(server)).isEqualTo(200);
    }
    assertThat(LandedLines.of(place.bucket(), Source.CIO))
        .hasSize(2)
        .allMatch(line -> line.verification() == Verification.VERIFIED);
    assertThat(new SecretsCommand(System.out).run(List.of("--help"))).isZero();
    assertThat(new SecretsCommand(System.out).run(List.of("reseal"))).isEqualTo(2);
    assertThat(secrets("burn", config)).isEqualTo(2);
  }

  private static int secrets(String command, Path config) {
    return new SecretsCommand(System.out).run(List.of(command, "--config", config.toString()));
  }

  private static void migrateTo(TestPlace place, String version) {
    Database database = Database.parse(place.database().url());
    Flyway.configure()
        .dataSource(
            "jdbc:postgresql://%s:%d/%s"
                .formatted(database.host(), database.port(), database.name()),
            database.user(),
            database.password())
        .schemas(Database.SCHEMA)
        .locations("classpath:dev/copyloop/serving/migrations")
        .target(version)
        .load()
        .migrate();
  }
}
