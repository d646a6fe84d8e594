package dev.copyloop.serving;

import static dev.copyloop.serving.TestServer.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.List;
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
    refused(
        400,
        "window",
        server.admin(
            "PUT",
            "/orgs/strict/rules/r",
            "{\"event_name\":\"purchase\",\"touch\":\"send\",\"model\":\"last\",\"window\":\"two weeks\"}"));
    refused(
        404,
        "template",
        server.admin(
            "POST",
            "/orgs/strict/templates/absent/variants",
            "{\"key\":\"k\",\"vars\":{\"s\":\"t\"}}"));
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

    assertThat(
            server
                .admitted("PUT", "/orgs/exported/exports", "{\"datasets\":null}")
                .path("datasets"))
        .hasSize(4);

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
    assertThat(server.place().rows("select 1 from copyloop.audit where org = 'secrets'"))
        .isGreaterThanOrEqualTo(5);
    assertThat(
            server
                .place()
                .rows(
                    "select 1 from copyloop.audit a where a::text like '%very-secret%' or a::text like"
                        + " '%"
                        + random
                        + "%'"))
        .isZero();
    assertThat(
            server
                .place()
                .rows(
                    "select 1 from copyloop.settings_document where document::text like"
                        + " '%very-secret%'"))
        .isZero();
  }

  @Test
  void everyChangeIsAuditedWithBeforeAndAfter() throws SQLException {
    server.admitted("PUT", "/orgs/audited", "{\"time_zone\":\"UTC\"}");
    server.admitted("PUT", "/orgs/audited", "{\"time_zone\":\"Asia/Tokyo\"}");
    assertThat(
            server
                .place()
                .rows(
                    "select 1 from copyloop.audit where org = 'audited' and actor = 'admin'"
                        + " and before->>'time_zone' = 'UTC' and after->>'time_zone' = 'Asia/Tokyo'"))
        .isEqualTo(1);
  }
}
