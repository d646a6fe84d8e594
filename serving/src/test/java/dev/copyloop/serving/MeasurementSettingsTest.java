package dev.copyloop.serving;

import static dev.copyloop.serving.TestServer.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Metrics, experiments and rules in the admin API. */
class MeasurementSettingsTest {
  private static TestServer server;

  @BeforeAll
  static void startServer() throws IOException {
    server = TestServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Test
  void aChangedMetricIsANewVersion() {
    TestOrg.create(server, "measured");
    String body =
        "{\"event_name\":\"purchase\",\"where\":{\"plan\":\"pro\"},\"aggregate\":\"%s\",\"window\":\"P7D\"}";
    String path = "/orgs/measured/metrics/pro-orders";

    JsonNode first = server.admitted("PUT", path, body.formatted("count"));
    JsonNode same = server.admitted("PUT", path, body.formatted("count"));
    JsonNode second = server.admitted("PUT", path, body.formatted("sum"));

    assertThat(first.path("version").asInt()).isEqualTo(1);
    assertThat(first.path("role").asText()).isEqualTo("none");
    assertThat(same).isEqualTo(first);
    assertThat(second.path("version").asInt()).isEqualTo(2);
  }

  @Test
  void aMetricOfEngagementsIsAskedOnlyWhatItsEngagementsHave() {
    TestOrg.create(server, "clicked");
    String path = "/orgs/clicked/metrics/pricing";
    String body = "{\"engagement\":\"%s\",\"where\":{%s},\"aggregate\":\"%s\",\"window\":\"P7D\"}";
    String pricing = "\"href_path\":\"/pricing\",\"human_class\":\"human\"";

    JsonNode metric = server.admitted("PUT", path, body.formatted("clicked", pricing, "unique"));
    assertThat(metric.path("engagement").asText()).isEqualTo("clicked");
    assertThat(metric.path("where").path("href_path").asText()).isEqualTo("/pricing");
    assertThat(metric.has("event_name")).isFalse();
    assertThat(server.admitted("PUT", path, body.formatted("clicked", pricing, "unique")))
        .isEqualTo(metric);
    JsonNode own =
        server.admitted(
            "PUT", path, "{\"event_name\":\"pricing\",\"aggregate\":\"sum\",\"window\":\"P7D\"}");
    assertThat(own.path("version").asInt()).isEqualTo(2);
    assertThat(own.has("engagement")).isFalse();

    refused(400, "engagement must be one of", metric(path, body.formatted("sent", "", "count")));
    refused(400, "no value", metric(path, body.formatted("clicked", pricing, "sum")));
    refused(
        400,
        "name one of [human_class]",
        metric(path, body.formatted("opened", "\"href\":\"https://a.example\"", "count")));
    refused(
        400,
        "lower-case host",
        metric(path, body.formatted("clicked", "\"href_host\":\"https://a.example\"", "count")));
    refused(
        400,
        "leave where out",
        metric(path, body.formatted("converted", "\"human_class\":\"human\"", "count")));
    refused(400, "either event_name", metric(path, "{\"aggregate\":\"count\",\"window\":\"P7D\"}"));
  }

  private static HttpResponse<String> metric(String path, String body) {
    return server.admin("PUT", path, body);
  }

  @Test
  void anExperimentsPeriodsAndAnOrgsTimeZonesAreDated() {
    TestOrg.create(server, "dated");
    server.admitted(
        "PUT",
        "/orgs/dated",
        "{\"time_zone\":\"UTC\",\"time_zone_changes\":"
            + "[{\"from\":\"2026-07-01T00:00:00Z\",\"time_zone\":\"Europe/Berlin\"}]}");
    server.admitted("PUT", "/orgs/dated/templates/judged", "{\"channel\":\"email\"}");
    String path = "/orgs/dated/templates/judged/experiment";
    server.admitted("PUT", path, "{\"from\":\"2026-07-01T00:00:00Z\",\"key_metric\":\"purchase\"}");
    JsonNode periods =
        server.admitted(
            "PUT",
            path,
            "{\"from\":\"2026-08-01T00:00:00Z\",\"key_metric\":\"purchase\",\"control_share\":0.2}");

    assertThat(periods).hasSize(2);
    assertThat(periods.get(0).path("alpha").asText()).isEqualTo("0.05");
    assertThat(periods.get(1).path("control_share").asText()).isEqualTo("0.2");
    assertThat(server.admitted("GET", "/orgs/dated", "").path("time_zone_changes")).hasSize(1);
  }

  @Test
  void aChangedRuleIsANewVersion() {
    TestOrg.create(server, "rules");
    server.admitted("PUT", "/orgs/rules/rules/purchase", rule("P14D"));
    assertThat(
            server
                .admitted("PUT", "/orgs/rules/rules/purchase", rule("PT336H"))
                .path("version")
                .asInt())
        .isEqualTo(1);
    assertThat(
            server
                .admitted("PUT", "/orgs/rules/rules/purchase", rule("P7D"))
                .path("version")
                .asInt())
        .isEqualTo(2);
  }

  private static String rule(String window) {
    return "{\"event_name\":\"purchase\",\"touch\":\"send\",\"model\":\"last\",\"window\":\""
        + window
        + "\"}";
  }
}
