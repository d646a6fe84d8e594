package dev.copyloop.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class TemplateStatusTest {
  private static final String KEY = "the-signing-key-of-production";

  private static JsonNode status(TestOrg org) {
    return org.server().admitted("GET", org.templates() + "welcome/status", "");
  }

  private static List<String> problems(TestOrg org) {
    return status(org).path("problems").findValuesAsText("problem");
  }

  private static void webhook(TestOrg org, String key, String type, String metric, int campaign) {
    String body =
        "{\"event_id\":\"%s%s%s\",\"object_type\":\"%s\",\"metric\":\"%s\",\"timestamp\":1,\"data\":{\"campaign_id\":%d,\"action_id\":9}}"
            .formatted(type, metric, System.nanoTime(), type, metric, campaign);
    assertThat(
            org.server()
                .post(
                    TestOrg.CIO + org.slug(),
                    body,
                    Signatures.headers(key, "1", body.getBytes(StandardCharsets.UTF_8)))
                .statusCode())
        .isEqualTo(200);
  }

  private static long lastDay(JsonNode counts, String metric) {
    for (JsonNode count : counts) {
      if (count.path("metric").asText().equals(metric)) {
        assertThat(Instant.parse(count.path("last_at").asText()))
            .isAfter(Instant.now().minusSeconds(300));
        return count.path("last_day").asLong();
      }
    }
    return 0;
  }

  @Test
  void whatIsWrongIsSaidWithItsCauseAndFix() throws IOException {
    try (TestServer server = TestServer.start()) {
      TestOrg org = TestOrg.createWithVariants(server, "acme");
      assertThat(problems(org))
          .containsExactly("generate_never_called", "not_bound", "webhook_never_fires");
      server.admitted("PUT", "/orgs/acme/workspaces/Production", "{}");
      server.admitted(
          "POST", "/orgs/acme/workspaces/Production/signing-keys", "{\"key\":\"" + KEY + "\"}");
      server.admitted(
          "POST",
          org.templates() + "welcome/bindings",
          "{\"workspace\":\"Production\",\"campaign_id\":7}");
      server.settle();
      org.copy("{\"template_id\":\"welcome\",\"user_id\":\"u\"}");
      org.copy("{\"template_id\":\"welcome\",\"test\":true}");
      webhook(org, KEY, "email", "sent", 8);
      webhook(org, "another-key", "email", "sent", 7);
      Awaitility.await()
          .atMost(Duration.ofSeconds(15))
          .untilAsserted(
              () ->
                  assertThat(problems(org))
                      .containsExactly("wrong_signature", "no_events_arriving"));

      webhook(org, KEY, "email", "sent", 7);
      webhook(org, KEY, "email", "opened", 7);
      webhook(org, KEY, "webhook", "failed", 7);
      for (int i = 0; i < 20; i++) {
        webhook(org, KEY, "webhook", "sent", 7);
      }
      Awaitility.await()
          .atMost(Duration.ofSeconds(15))
          .untilAsserted(
              () ->
                  assertThat(problems(org))
                      .containsExactly("calls_failed", "calls_lost", "wrong_signature"));
      JsonNode status = status(org);
      assertThat(lastDay(status.path("generate"), "generate")).isEqualTo(1);
      assertThat(lastDay(status.path("generate"), "test")).isEqualTo(1);
      assertThat(lastDay(status.path("webhooks"), "email_opened")).isEqualTo(1);
      assertThat(lastDay(status.path("calls_at_customer_io"), "webhook_failed")).isEqualTo(1);
      assertThat(lastDay(status.path("signatures"), "webhook_unverified")).isEqualTo(1);
      assertThat(status.path("calls_lost_last_day").asLong()).isEqualTo(18);
      for (JsonNode problem : status.path("problems")) {
        assertThat(problem.path("cause").asText()).isNotBlank();
        assertThat(problem.path("fix").asText()).isNotBlank();
      }
    }
  }

  @Test
  void withoutASigningKeyEventsAreOfTheOnlyWorkspaceAndTheKeyIsAskedFor() throws IOException {
    try (TestServer server = TestServer.start()) {
      TestOrg org = TestOrg.createWithVariants(server, "acme");
      server.admitted("PUT", "/orgs/acme/workspaces/Production", "{}");
      bind(org, "welcome", "");
      server.settle();
      webhook(org, KEY, "email", "opened", 7);
      Awaitility.await()
          .atMost(Duration.ofSeconds(15))
          .untilAsserted(
              () ->
                  assertThat(problems(org))
                      .containsExactly("generate_never_called", "no_signing_key"));
      assertThat(lastDay(status(org).path("webhooks"), "email_opened")).isEqualTo(1);
    }
  }

  @Test
  void theCallsOfOneTemplateAreNotLostByAnotherOfItsCampaign() throws IOException {
    try (TestServer server = TestServer.start()) {
      TestOrg org = TestOrg.createWithVariants(server, "acme");
      server.admitted("PUT", "/orgs/acme/workspaces/Production", "{}");
      server.admitted("PUT", org.templates() + "second", "{\"channel\":\"email\"}");
      bind(org, "welcome", ",\"webhook_action_id\":8,\"message_action_ids\":[1]");
      bind(org, "second", ",\"webhook_action_id\":9,\"message_action_ids\":[2]");
      server.settle();
      for (int i = 0; i < 20; i++) {
        webhook(org, KEY, "webhook", "sent", 7);
      }
      Awaitility.await()
          .atMost(Duration.ofSeconds(15))
          .untilAsserted(() -> assertThat(lost(org, "second")).isEqualTo(20));
      assertThat(lost(org, "welcome")).isZero();
      assertThat(problems(org)).doesNotContain("calls_lost");
    }
  }

  private static void bind(TestOrg org, String template, String more) {
    org.server()
        .admitted(
            "POST",
            org.templates() + template + "/bindings",
            "{\"workspace\":\"Production\",\"campaign_id\":7" + more + "}");
  }

  private static long lost(TestOrg org, String template) {
    return org.server()
        .admitted("GET", org.templates() + template + "/status", "")
        .path("calls_lost_last_day")
        .asLong();
  }
}
