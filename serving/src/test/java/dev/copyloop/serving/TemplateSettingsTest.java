package dev.copyloop.serving;

import static dev.copyloop.serving.TestServer.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Templates, their variants and bindings in the admin API. */
class TemplateSettingsTest {
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
        .until(
            () ->
                server.place().rows("select 1 from copyloop.variant where served_at is not null")
                    == 1);
    server.settle();
    assertThat(
            org.copy("{\"template_id\":\"welcome\",\"copy_id\":\"" + TestOrg.FIRST + "\"}")
                .at("/copy/vars/subject")
                .asText())
        .isEqualTo("Draft");
  }

  @Test
  void theSetupIsWhatAMarketerPastes() {
    TestOrg org = TestOrg.createWithVariants(server, "setups");
    org.variant(
        "welcome",
        "{\"key\":\"named\",\"vars\":{\"subject\":\"Hi {{ first_name"
            + " }}\"},\"filter\":{\"any\":[{\"attr\":\"plan\",\"eq\":\"pro\"},{\"attr\":\"Home city\",\"eq\":\"Bonn\"}]}}");
    HttpResponse<String> response = server.admin("GET", org.templates() + "welcome/setup", "");
    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/plain");
    assertThat(response.body())
        .contains("https://copy.example.test/api/generate/setups")
        .contains("\"user_id\": {{ customer.id | json }}")
        .contains(
            "\"first_name\": {% if customer.first_name or customer.first_name == false %}{{"
                + " customer.first_name | json }}{% else %}null{% endif %}")
        .contains("\"plan\": {% if customer.plan or customer.plan == false %}")
        .contains("\"Home city\": {% if customer[\"Home city\"] or ")
        .contains("jw_welcome")
        .contains("{{ response.copy | json }}")
        .contains(
            "{% if journey.jw_welcome %}{{ journey.jw_welcome.vars.subject }}{% else %}<existing"
                + " subject>{% endif %}");
  }
}
