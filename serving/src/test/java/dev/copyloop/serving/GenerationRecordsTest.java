package dev.copyloop.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.copyloop.events.generation.FallbackReason;
import dev.copyloop.events.generation.GenerationRecord;
import dev.copyloop.events.generation.GenerationRecordJson;
import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.events.landing.Source;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GenerationRecordsTest {
  private static Map<String, GenerationRecord> landed(TestServer server) throws IOException {
    server.close();
    Map<String, GenerationRecord> byTracking = new HashMap<>();
    for (LandingLine line : LandedLines.of(server.place().bucket(), Source.GENERATE)) {
      GenerationRecord generation = GenerationRecordJson.read(line.body().bytes());
      assertThat(line.eventId()).isEqualTo(generation.callId());
      assertThat(line.org()).isEqualTo("acme");
      byTracking.put(generation.trackingId().orElse(""), generation);
    }
    return byTracking;
  }

  private static JsonNode call(TestOrg org, String tracking, String more) {
    return org.copy(
        "{\"template_id\":\"welcome\",\"user_id\":\"u-1\",\"tracking_id\":\""
            + tracking
            + "\""
            + more
            + "}");
  }

  @Test
  void theRecordHoldsWhatWasTrueWhenItWasAnswered() throws IOException {
    TestServer server = TestServer.start();
    TestOrg org = TestOrg.createWithVariants(server, "acme");
    server.admitted("PUT", "/orgs/acme/workspaces/Production", "{\"region\":\"us\"}");
    server.admitted(
        "POST",
        org.templates() + "welcome/bindings",
        "{\"workspace\":\"Production\",\"campaign_id\":7,\"webhook_action_id\":9,\"valid_from\":\"2025-01-01T00:00:00Z\"}");
    String replayKey = TestOrg.key(server, "acme", "[\"generate\",\"replay\"]");
    server.settle();

    JsonNode drawn = call(org, "drawn", ",\"attrs\":{\"Plan\":\"Pro\",\"n\":1.50,\"none\":\" \"}");
    JsonNode forced =
        call(org, "forced", ",\"copy_id\":\"" + TestOrg.SECOND.toUpperCase(Locale.ROOT) + "\"");
    call(org, "test", ",\"test\":true");
    call(org, "malformed", ",\"attrs\":{\"name\":\"O\"Brien\"}");
    org.copy("{\"template_id\":\"welcome\",\"user_id\":\"inside\",\"tracking_id\":\"internal\"}");
    org.copy("{\"template_id\":\"welcome\",\"tracking_id\":\"keyed\"}", "x-cio-delivery-id", "d-1");
    org.copy(
        "{\"template_id\":\"welcome\",\"tracking_id\":\"address\",\"attrs\":{\"email\":\"Qa@Example.test\"}}");
    assertThat(
            server
                .post(
                    "/api/generate/acme",
                    "{\"template_id\":\"welcome\",\"tracking_id\":\"replayed\",\"occurred_at\":1740000000,\"propensity\":0.25}",
                    "X-Api-Key",
                    replayKey)
                .statusCode())
        .isEqualTo(200);
    assertThat(
            server
                .post(
                    "/api/generate/acme",
                    "{\"template_id\":\"welcome\",\"tracking_id\":\"unbound\",\"occurred_at\":1700000000000}",
                    "X-Api-Key",
                    replayKey)
                .statusCode())
        .isEqualTo(200);

    Map<String, GenerationRecord> records = landed(server);
    GenerationRecord record = records.get("drawn");
    assertThat(record.generationId()).isEqualTo(drawn.path("generation_id").asText());
    assertThat(record.copyId()).isEqualTo(drawn.at("/copy/id").asText());
    assertThat(record.vars()).containsKeys("subject", "body");
    assertThat(record.varsRendered()).isEmpty();
    assertThat(record.attrs()).isEqualTo(Map.of("Plan", "Pro", "n", "1.50"));
    assertThat(record.propensity()).isEqualTo(0.5);
    assertThat(record.workspace()).hasValue("Production");
    assertThat(record.campaignId()).hasValue("7");
    assertThat(record.webhookActionId()).hasValue("9");
    assertThat(record.policyVersion()).isEqualTo("uniform");
    assertThat(record.occurredAtMillis()).isEqualTo(record.decidedAtMillis());
    assertThat(List.of(record.forced(), record.test(), record.replayed())).containsOnly(false);

    assertThat(forced.at("/copy/id").asText()).isEqualTo(TestOrg.SECOND);
    assertThat(records.get("forced").forced()).isTrue();
    assertThat(records.get("forced").propensity()).isEqualTo(1);
    assertThat(records.get("test").test()).isTrue();
    assertThat(records.get("internal").test()).isTrue();
    assertThat(records.get("address").test()).isTrue();
    assertThat(records.get("keyed").idempotencyKey()).hasValue("d-1");
    assertThat(records.get("malformed").fallback()).hasValue(FallbackReason.MALFORMED_BODY);
    assertThat(records.get("malformed").attrs()).isEmpty();
    assertThat(records.get("replayed").replayed()).isTrue();
    assertThat(records.get("replayed").occurredAtMillis()).isEqualTo(1_740_000_000_000L);
    assertThat(records.get("replayed").propensity()).isEqualTo(0.25);
    assertThat(records.get("replayed").campaignId()).hasValue("7");
    assertThat(records.get("unbound").campaignId()).isEmpty();
    assertThat(records.get("unbound").workspace()).isEmpty();
  }

  @Test
  void anOrgThatAsksForThemKeepsTheTextsAsPeopleGotThem() throws IOException {
    TestServer server = TestServer.start();
    TestOrg org = TestOrg.createWithVariants(server, "acme");
    JsonNode named =
        org.variant(
            "welcome",
            "{\"key\":\"named\",\"vars\":{\"subject\":\"Hi {{ name }}\",\"body\":\"…\"}}");
    String ann =
        ",\"fields\":{\"name\":\"Ann\"},\"copy_id\":\"" + named.path("copy_id").asText() + "\"";
    server.settle();
    call(org, "before", ann);
    server.admitted("PUT", "/orgs/acme/exports", "{\"vars_rendered\":\"inline\"}");
    server.settle();
    call(org, "after", ann);

    Map<String, GenerationRecord> records = landed(server);
    assertThat(records.get("before").varsRendered()).isEmpty();
    assertThat(records.get("after").varsRendered())
        .hasValue(Map.of("subject", "Hi Ann", "body", "…"));
    assertThat(records.get("after").vars()).containsEntry("subject", "Hi {{ name }}");
  }
}
