package dev.copyloop.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.serving.settings.Database;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** PostgreSQL goes away without a word: generate goes on, and changes arrive soon after. */
@Tag("slow")
class DatabaseFaultTest {
  private static final String CALL = "{\"template_id\":\"welcome\"}";

  @Test
  void halfOpenConnectionsAreNoticedAndSettingsReloadedWithinFiveSeconds()
      throws IOException, SQLException {
    TestPlace place = TestPlace.create();
    try (TcpProxy proxy = proxy(place);
        TestServer server = TestServer.start(place, place.serving(through(place, proxy))).ready()) {
      TestOrg org = TestOrg.createWithVariants(server, "acme");
      double before = unreachable(server);
      proxy.fallsSilent();
      Awaitility.await()
          .atMost(Duration.ofSeconds(15))
          .until(
              () -> {
                assertThat(org.generate(CALL).statusCode()).isEqualTo(200);
                return unreachable(server) >= before + 3;
              });
      assertThat(server.get("/ready").statusCode()).isEqualTo(200);
      rename(place, "Changed while away");
      proxy.speaks();
      Awaitility.await()
          .atMost(Duration.ofSeconds(5))
          .until(() -> org.generate(CALL).body().contains("Changed while away"));
    }
  }

  @Test
  void aStartWhilePostgresIsSilentServesTheLastSettingsAndTakesNewOnesWhenItIsBack()
      throws IOException, SQLException {
    TestPlace place = TestPlace.create();
    TestOrg org;
    try (TestServer server = TestServer.start(place)) {
      org = TestOrg.createWithVariants(server, "acme");
    }
    try (TcpProxy proxy = proxy(place)) {
      proxy.fallsSilent();
      try (TestServer server = TestServer.start(place, place.serving(through(place, proxy)))) {
        TestOrg again = new TestOrg(server, "acme", org.key());
        assertThat(again.generate(CALL).statusCode()).isEqualTo(200);
        Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> unreachable(server) >= 2);
        assertThat(again.generate(CALL).statusCode()).isEqualTo(200);
        assertThat(server.get("/ready").statusCode()).isEqualTo(200);
        assertThat(server.post(TestOrg.CIO + "newer", "{}").statusCode())
            .as("an org that may have come since")
            .isEqualTo(503);
        rename(place, "Changed before it came back");
        proxy.speaks();
        Awaitility.await()
            .atMost(Duration.ofSeconds(5))
            .until(() -> again.generate(CALL).body().contains("Changed before it came back"));
        assertThat(server.post(TestOrg.CIO + "newer", "{}").statusCode()).isEqualTo(404);
      }
    }
  }

  private static TcpProxy proxy(TestPlace place) throws IOException {
    Database database = Database.parse(place.database().url());
    return new TcpProxy(database.host(), database.port());
  }

  private static Database through(TestPlace place, TcpProxy proxy) {
    Database direct = Database.parse(place.database().url());
    return new Database("127.0.0.1", proxy.port(), direct.name(), direct.user(), direct.password());
  }

  /** Changes every variant's subject past the admin API, as another process would. */
  private static void rename(TestPlace place, String subject) throws SQLException {
    try (Connection connection = place.database().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "update copyloop.variant_text set vars = '{\"subject\":\"" + subject + "\"}'");
    }
  }

  private static double unreachable(TestServer server) {
    return server
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("copyloop_settings_loads_total{result=\"unreachable\"}"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElse(0);
  }
}
