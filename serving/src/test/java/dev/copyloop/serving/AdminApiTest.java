package dev.copyloop.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AdminApiTest {
  private static TestServer server;

  @BeforeAll
  static void startServer() throws IOException {
    server = TestServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  private static void refused(int status, String hint, HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(TestServer.json(response.body()).path("detail").asText()).contains(hint);
  }

  @Test
  void anOrgIsReadBackAsItWasSet() {
    JsonNode put =
        server.admitted(
            "PUT",
            "/orgs/read-back",
            "{\"time_zone\":\"America/New_York\",\"user_key\":\"email\",\"internal_recipients\":[\"a@example.test\"]}");
    assertThat(server.admitted("GET", "/orgs/read-back", "")).isEqualTo(put);
    assertThat(put.path("event_user_key").asText()).isEqualTo("email");
  }

  @Test
  void whatIsInvalidIsRefusedWithWhatToDo() {
    TestOrg.create(server, "strict");
    refused(400, "org must be", server.admin("PUT", "/orgs/Not_A_Slug", "{}"));
    refused(400, "IANA", server.admin("PUT", "/orgs/strict", "{\"time_zone\":\"Berlin\"}"));
    refused(400, "user_key", server.admin("PUT", "/orgs/strict", "{\"user_key\":\"phone\"}"));
    refused(
        400, "Unknown members [zone]", server.admin("PUT", "/orgs/strict", "{\"zone\":\"UTC\"}"));
    refused(400, "not JSON", server.admin("PUT", "/orgs/strict", "{"));
    refused(400, "JSON object", server.admin("PUT", "/orgs/strict", "[]"));
    refused(
        400,
        "scope",
        server.admin("POST", "/orgs/strict/keys", "{\"name\":\"k\",\"scopes\":[\"all\"]}"));
    refused(
        400, "channel", server.admin("PUT", "/orgs/strict/templates/t", "{\"channel\":\"fax\"}"));
    refused(
        400,
        "template_id",
        server.admin("PUT", "/orgs/strict/templates/a%20b", "{\"channel\":\"email\"}"));
    refused(
        404,
        "create it",
        server.admin("PUT", "/orgs/absent/templates/t", "{\"channel\":\"email\"}"));
    refused(400, "window", server.admin("PUT", "/orgs/strict/rules/r", rule("two weeks")));
    refused(
        404,
        "template",
        server.admin(
            "POST",
            "/orgs/strict/templates/absent/variants",
            "{\"key\":\"k\",\"vars\":{\"s\":\"t\"}}"));
  }

  private static String rule(String window) {
    return "{\"event_name\":\"purchase\",\"touch\":\"send\",\"model\":\"last\",\"window\":\""
        + window
        + "\"}";
  }

  @Test
  void liquidAndFiltersThatDoNotParseAreRefusedWithTheirPosition() {
    TestOrg org = TestOrg.create(server, "liquid");
    String path = org.templates() + "welcome/variants";
    refused(
        400,
        "line 2",
        server.admin("POST", path, "{\"key\":\"k\",\"vars\":{\"subject\":\"a\\n{{ b | }}\"}}"));
    refused(
        400,
        "variable subject",
        server.admin("POST", path, "{\"key\":\"k\",\"vars\":{\"subject\":\"{% nothing %}\"}}"));
    refused(
        400,
        "variable subject",
        server.admin("POST", path, "{\"key\":\"k\",\"vars\":{\"subject\":\"{% include 'x' %}\"}}"));
    refused(400, "letters", server.admin("POST", path, "{\"key\":\"k\",\"vars\":{\"a-b\":\"t\"}}"));
    refused(
        400,
        "UUID",
        server.admin("POST", path, "{\"copy_id\":\"1\",\"key\":\"k\",\"vars\":{\"a\":\"t\"}}"));
    refused(
        400,
        "/all/0",
        server.admin(
            "POST",
            path,
            "{\"key\":\"k\",\"vars\":{\"a\":\"t\"},\"filter\":{\"all\":[{\"attr\":\"x\"}]}}"));
  }

  @Test
  void aTemplateKeepsACopyThatEverybodyCanGet() {
    TestOrg org = TestOrg.create(server, "fallbacks");
    String path = org.templates() + "welcome/variants";
    refused(
        409,
        "default",
        server.admin("POST", path, "{\"key\":\"k\",\"vars\":{\"a\":\"Hi {{ name }}\"}}"));
    server.settle();
    assertThat(org.generate("{\"template_id\":\"welcome\"}").statusCode()).isEqualTo(409);
    String copyId =
        org.variant("welcome", "{\"key\":\"k\",\"vars\":{\"a\":\"Hi\"}}").path("copy_id").asText();
    org.variant("welcome", "{\"key\":\"named\",\"vars\":{\"a\":\"Hi {{ name }}\"}}");
    refused(409, "no copy", server.admin("PUT", path + "/" + copyId, "{\"status\":\"paused\"}"));
  }

  @Test
  void twoTemplatesOfOneCampaignNeedMessageActions() {
    TestOrg org = TestOrg.create(server, "campaigns");
    server.admitted("PUT", "/orgs/campaigns/workspaces/Production", "{\"region\":\"us\"}");
    server.admitted("PUT", org.templates() + "second", "{\"channel\":\"email\"}");
    server.admitted("POST", org.templates() + "welcome/bindings", binding("7", "[]"));
    refused(
        409,
        "message_action_ids",
        server.admin("POST", org.templates() + "second/bindings", binding("7", "[2]")));
    server.admitted("POST", org.templates() + "second/bindings", binding("8", "[]"));
    refused(
        409,
        "workspace",
        server.admin(
            "POST",
            org.templates() + "second/bindings",
            binding("9", "[]").replace("Production", "Other")));
    refused(
        400,
        "campaign_id or broadcast_id",
        server.admin(
            "POST", org.templates() + "second/bindings", "{\"workspace\":\"Production\"}"));
  }

  private static String binding(String campaign, String messages) {
    return "{\"workspace\":\"Production\",\"campaign_id\":"
        + campaign
        + ",\"message_action_ids\":"
        + messages
        + ",\"valid_from\":\"2026-01-01T00:00:00Z\"}";
  }

  @Test
  void servedTextsChangeOnlyAsATypo() {
    TestOrg org = TestOrg.createWithVariants(server, "typos");
    String path = org.templates() + "welcome/variants/" + TestOrg.FIRST;
    server.admitted("PUT", path, "{\"vars\":{\"subject\":\"Draft\"}}");
    org.copy("{\"template_id\":\"welcome\",\"test\":true,\"copy_id\":\"" + TestOrg.FIRST + "\"}");
    server.admitted("PUT", path, "{\"vars\":{\"subject\":\"Drafft\"}}");
    server.settle();
    org.copy("{\"template_id\":\"welcome\",\"copy_id\":\"" + TestOrg.FIRST + "\"}");
    refused(
        409,
        "create a new variant",
        server.admin("PUT", path, "{\"vars\":{\"subject\":\"Other\"}}"));
    server.admitted("PUT", path, "{\"status\":\"active\"}");
    JsonNode corrected =
        server.admitted("PUT", path, "{\"typo\":true,\"vars\":{\"subject\":\"Draft\"}}");
    assertThat(corrected.path("texts")).hasSize(2);
    Awaitility.await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> rows("select 1 from copyloop.variant where served_at is not null") == 1);
    server.settle();
    assertThat(
            org.copy("{\"template_id\":\"welcome\",\"copy_id\":\"" + TestOrg.FIRST + "\"}")
                .at("/copy/vars/subject")
                .asText())
        .isEqualTo("Draft");
  }

  private static int rows(String sql) throws SQLException {
    try (Connection connection = server.place().database().connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("select count(*) from (" + sql + ") as found")) {
      result.next();
      return result.getInt(1);
    }
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

  @Test
  void exportsHaveDefaultsAndAreSetAsAWhole() {
    TestOrg.create(server, "exported");
    JsonNode defaults = server.admitted("GET", "/orgs/exported/exports", "");
    assertThat(defaults.path("vars").asText()).isEqualTo("inline");
    assertThat(defaults.path("vars_rendered").asText()).isEqualTo("omitted");
    assertThat(defaults.path("datasets")).hasSize(4);
    assertThat(defaults.has("destination")).isFalse();

    String own =
        "{\"datasets\":[\"generations\"],\"maps\":\"json\",\"vars_rendered\":\"inline\","
            + "\"destination\":{\"bucket\":\"their-bucket\",\"prefix\":\"copy/\"}}";
    JsonNode set = server.admitted("PUT", "/orgs/exported/exports", own);
    assertThat(set).isEqualTo(server.admitted("GET", "/orgs/exported/exports", ""));
    assertThat(set.path("maps").asText()).isEqualTo("json");
    assertThat(set.path("vars_rendered").asText()).isEqualTo("inline");
    assertThat(set.at("/destination/prefix").asText()).isEqualTo("copy/");

    refused(400, "datasets", exports("{\"datasets\":[\"people\"]}"));
    refused(400, "vars_rendered", exports("{\"vars_rendered\":\"apart\"}"));
    refused(
        400, "prefix", exports("{\"destination\":{\"bucket\":\"bbb\",\"prefix\":\"no-slash\"}}"));
    refused(400, "role_arn", exports("{\"destination\":{\"bucket\":\"bbb\",\"role_arn\":\"me\"}}"));
    refused(
        400,
        "role_arn too",
        exports("{\"destination\":{\"bucket\":\"bbb\",\"external_id\":\"x1\"}}"));
  }

  private static HttpResponse<String> exports(String body) {
    return server.admin("PUT", "/orgs/exported/exports", body);
  }

  @Test
  void secretsAreShownOnceAndAuditedNever() throws SQLException {
    TestOrg org = TestOrg.create(server, "secrets");
    server.admitted("PUT", "/orgs/secrets/workspaces/Production", "{\"region\":\"us\"}");
    server.admitted(
        "POST",
        "/orgs/secrets/workspaces/Production/signing-keys",
        "{\"key\":\"very-secret-signing-key\"}");
    String random = org.key().substring(16, 48);
    for (String path :
        List.of(
            "/settings",
            "/orgs/secrets",
            "/orgs/secrets/keys",
            "/orgs/secrets/workspaces/Production",
            "/orgs/secrets/workspaces/Production/signing-keys")) {
      assertThat(server.admitted("GET", path, "").toString())
          .doesNotContain("very-secret-signing-key")
          .doesNotContain(random);
    }
    assertThat(rows("select 1 from copyloop.audit where org = 'secrets'"))
        .isGreaterThanOrEqualTo(5);
    assertThat(
            rows(
                "select 1 from copyloop.audit a where a::text like '%very-secret%' or a::text like"
                    + " '%"
                    + random
                    + "%'"))
        .isZero();
    assertThat(
            rows(
                "select 1 from copyloop.settings_document where document::text like"
                    + " '%very-secret%'"))
        .isZero();
  }

  @Test
  void everyChangeIsAuditedWithBeforeAndAfter() throws SQLException {
    server.admitted("PUT", "/orgs/audited", "{\"time_zone\":\"UTC\"}");
    server.admitted("PUT", "/orgs/audited", "{\"time_zone\":\"Asia/Tokyo\"}");
    assertThat(
            rows(
                "select 1 from copyloop.audit where org = 'audited' and actor = 'admin'"
                    + " and before->>'time_zone' = 'UTC' and after->>'time_zone' = 'Asia/Tokyo'"))
        .isEqualTo(1);
  }

  @Test
  void theSetupIsWhatAMarketerPastes() {
    TestOrg org = TestOrg.createWithVariants(server, "setups");
    org.variant(
        "welcome",
        "{\"key\":\"named\",\"vars\":{\"subject\":\"Hi {{ first_name"
            + " }}\"},\"filter\":{\"attr\":\"plan\",\"eq\":\"pro\"}}");
    HttpResponse<String> response = server.admin("GET", org.templates() + "welcome/setup", "");
    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/plain");
    assertThat(response.body())
        .contains("https://copy.example.test/api/generate/setups")
        .contains("\"user_id\": {{ customer.id | json }}")
        .contains(
            "\"first_name\": {% if customer.first_name %}{{ customer.first_name | json }}{% else"
                + " %}null{% endif %}")
        .contains("\"plan\": {% if customer.plan %}")
        .contains("jw_welcome")
        .contains("{{ response.copy | json }}")
        .contains(
            "{% if journey.jw_welcome %}{{ journey.jw_welcome.vars.subject }}{% else %}<existing"
                + " subject>{% endif %}");
  }
}
