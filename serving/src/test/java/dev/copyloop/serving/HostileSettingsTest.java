package dev.copyloop.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings that no database takes, or that grow when they are written out: refused, not stored. */
class HostileSettingsTest {
  private static TestServer server;

  @BeforeAll
  static void start() throws IOException {
    server = TestServer.start();
    TestOrg.createWithVariants(server, "acme");
    server.admitted("PUT", "/orgs/acme/workspaces/Production", "{}");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET  | /orgs/ac%00me                   | ''",
        "GET  | /orgs/acme/templates/w%00       | ''",
        "PUT  | /orgs/acme                      | {\"internal_recipients\":[\"a\\u0000\"]}",
        "POST | /orgs/acme/keys                 | {\"name\":\"\\u0000\",\"scopes\":[\"events\"]}",
        "POST | /orgs/acme/templates/welcome/variants |"
            + " {\"key\":\"k\",\"vars\":{\"s\":\"\\u0000\"}}",
        "POST | /orgs/acme/templates/welcome/variants |"
            + " {\"key\":\"k\",\"vars\":{\"s\":\"\\ud800\"}}",
        "POST | /orgs/acme/templates/welcome/variants |"
            + " {\"key\":\"k\",\"vars\":{\"s\":\"t\"},\"filter\":{\"plan\":\"\\u0000\"}}",
        "PUT  | /orgs/acme/metrics/m |"
            + " {\"event_name\":\"e\",\"aggregate\":\"count\",\"window\":\"P1D\",\"where\":{\"p\":\"\\u0000\"}}",
        "PUT  | /orgs/acme/templates/welcome/split |"
            + " {\"mode\":\"random\",\"control_share\":1e-999999999}",
        "PUT  | /orgs/acme/templates/welcome/split |"
            + " {\"mode\":\"random\",\"control_share\":\"1e-99999999999\"}",
        "PUT  | /orgs/acme/templates/welcome/split |"
            + " {\"mode\":\"external\",\"from\":\"+999999999-01-01T00:00:00Z\"}",
        "PUT  | /orgs/acme/templates/welcome/experiment |"
            + " {\"key_metric\":\"unique_clicks\",\"alpha\":1e-999999999}",
        "PUT  | /orgs/acme/templates/welcome/experiment |"
            + " {\"key_metric\":\"unique_clicks\",\"expected_units\":1e99}",
        "PUT  | /orgs/acme/templates/welcome/experiment |"
            + " {\"key_metric\":\"unique_clicks\",\"minimum_detectable_effect\":1e2147483647}",
        "PUT  | /orgs/acme/rules/r |"
            + " {\"event_name\":\"e\",\"touch\":\"open\",\"model\":\"last\",\"window\":\"P99999999999D\"}",
      })
  void isRefusedAsInvalid(String method, String path, String body) {
    var answer = server.admin(method, path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(TestServer.json(answer.body()).path("detail").asText()).isNotBlank();
  }
}
