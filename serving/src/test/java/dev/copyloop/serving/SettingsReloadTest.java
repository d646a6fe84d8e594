package dev.copyloop.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.copyloop.serving.settings.Database;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SettingsReloadTest {
  private static final Database NOBODY = new Database("127.0.0.1", 1, "copyloop", "nobody", "");

  @Test
  void aRevokedKeyStopsWithinASecond() throws IOException {
    try (TestServer server = TestServer.start()) {
      TestOrg org = TestOrg.createWithVariants(server, "acme");
      assertThat(org.generate("{\"template_id\":\"welcome\"}").statusCode()).isEqualTo(200);
      String keyId = org.key().substring(3, 15);
      server.admitted("DELETE", "/orgs/acme/keys/" + keyId, "");
      Awaitility.await()
          .atMost(Duration.ofSeconds(1))
          .pollInterval(Duration.ofMillis(20))
          .until(() -> org.generate("{\"template_id\":\"welcome\"}").statusCode() == 401);
    }
  }

  @Test
  void aStartWithoutPostgresServesTheLastSettingsAndRetriesStayTheSame() throws IOException {
    TestPlace place = TestPlace.create();
    String call = "{\"template_id\":\"welcome\"}";
    JsonNode before;
    TestOrg org;
    try (TestServer server = TestServer.start(place)) {
      org = TestOrg.createWithVariants(server, "acme");
      before = org.copy(call, "x-cio-idempotency-key", "once");
    }
    try (TestServer server = TestServer.start(place, place.serving(NOBODY)).ready()) {
      TestOrg again = new TestOrg(server, "acme", org.key());
      for (int i = 0; i < 10; i++) {
        assertThat(again.copy(call, "x-cio-idempotency-key", "once")).isEqualTo(before);
      }
      assertThat(server.admin("PUT", "/orgs/acme", "{}").statusCode()).isEqualTo(503);
    }
  }

  @Test
  void withoutAnySettingsItAnswers503AndIsNotReady() throws IOException {
    TestPlace place = TestPlace.create();
    try (TestServer server = TestServer.start(place, place.serving(NOBODY))) {
      assertThat(server.get("/health").statusCode()).isEqualTo(200);
      assertThat(server.get("/ready").statusCode()).isEqualTo(503);
      assertThat(server.post(TestOrg.CIO + "acme", "{}").statusCode()).isEqualTo(503);
      assertThat(server.post("/api/generate/acme", "{}").headers().firstValue("Retry-After"))
          .isPresent();
    }
  }

  @Test
  void settingsThatCanNotBeUsedKeepTheOldOnes() throws IOException, SQLException {
    try (TestServer server = TestServer.start()) {
      TestOrg org = TestOrg.createWithVariants(server, "acme");
      try (Connection connection = server.place().database().connect();
          Statement statement = connection.createStatement()) {
        statement.execute("update copyloop.variant_text set vars = '{\"subject\":\"{{ broken\"}'");
      }
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .until(
              () ->
                  server
                      .get("/metrics")
                      .body()
                      .contains("copyloop_settings_loads_total{result=\"invalid\"}"));
      assertThat(org.generate("{\"template_id\":\"welcome\"}").statusCode()).isEqualTo(200);
      assertThat(server.get("/ready").statusCode()).isEqualTo(200);
    }
  }
}
