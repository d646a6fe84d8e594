package dev.copyloop.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.copyloop.events.generation.GenerationRecord;
import dev.copyloop.events.generation.GenerationRecordJson;
import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.events.landing.Source;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BatchGenerateTest {
  private static final String PERSON = "{\"template_id\":\"welcome\",\"user_id\":\"u\"%s}";

  private static HttpResponse<String> batch(TestOrg org, String body, String... headers) {
    String[] all = new String[headers.length + 2];
    all[0] = "X-Api-Key";
    all[1] = org.key();
    System.arraycopy(headers, 0, all, 2, headers.length);
    return org.server().post("/api/batch-generate/" + org.slug(), body, all);
  }

  private static JsonNode results(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return TestServer.json(response.body()).path("results");
  }

  private static String requests(String... requests) {
    return "{\"requests\":[" + String.join(",", requests) + "]}";
  }

  @Test
  void eachRequestHasItsAnswerAndItsRecord() throws IOException {
    TestServer server = TestServer.start();
    TestOrg org = TestOrg.createWithVariants(server, "acme");
    String[] many = new String[20];
    for (int i = 0; i < 20; i++) {
      many[i] = PERSON.formatted(",\"tracking_id\":\"t" + i + "\"");
    }
    JsonNode all = results(batch(org, requests(many)));
    assertThat(all).hasSize(20);
    Set<String> answered = new HashSet<>();
    for (JsonNode result : all) {
      assertThat(result.path("status").asInt()).isEqualTo(200);
      assertThat(result.at("/answer/copy/id").asText()).isIn(TestOrg.FIRST, TestOrg.SECOND);
      answered.add(result.at("/answer/generation_id").asText());
    }
    assertThat(answered).hasSize(20);

    JsonNode single = org.copy(many[7]);
    assertThat(single).as("the same call, single").isEqualTo(all.get(7).path("answer"));

    JsonNode mixed =
        results(
            batch(
                org,
                requests(
                    "{\"template_id\":\"absent\"}",
                    many[3],
                    "7",
                    "{\"template_id\":\"welcome\",\"attrs\":\"text\"}",
                    "{\"template_id\":\"welcome\",\"occurred_at\":1760000000}")));
    assertThat(mixed.findValuesAsText("status").stream().distinct().toList())
        .containsExactly("404", "200", "400", "403");
    assertThat(mixed.get(0).at("/problem/detail").asText()).contains("template");
    assertThat(mixed.get(1).path("answer")).isEqualTo(all.get(3).path("answer"));
    assertThat(mixed.get(3).path("status").asInt()).isEqualTo(200);

    server.close();
    List<String> landed = new ArrayList<>();
    for (LandingLine line : LandedLines.of(server.place().bucket(), Source.GENERATE)) {
      GenerationRecord generation = GenerationRecordJson.read(line.body().bytes());
      landed.add(generation.generationId());
    }
    assertThat(landed).hasSize(23).containsAll(answered);
  }

  @Test
  void aRetryIsKnownByTheHeaderAndThePosition() throws IOException {
    try (TestServer server = TestServer.start()) {
      TestOrg org = TestOrg.createWithVariants(server, "acme");
      String body = requests("{\"template_id\":\"welcome\"}", "{\"template_id\":\"welcome\"}");
      JsonNode first = results(batch(org, body, "x-cio-idempotency-key", "k"));
      assertThat(results(batch(org, body, "x-cio-idempotency-key", "k"))).isEqualTo(first);
      assertThat(first.get(0).at("/answer/generation_id"))
          .isNotEqualTo(first.get(1).at("/answer/generation_id"));
    }
  }

  @Test
  void whatIsNoBatchIsRefusedWhole() throws IOException {
    try (TestServer server = TestServer.start()) {
      TestOrg org = TestOrg.createWithVariants(server, "acme");
      String one = PERSON.formatted("");
      String[] tooMany = new String[21];
      Arrays.fill(tooMany, one);
      for (String body :
          List.of(
              "[]",
              "{}",
              requests(),
              requests(tooMany),
              requests(one) + "x",
              "{\"requests\":7}",
              "{\"requests\":[" + one,
              "")) {
        assertThat(batch(org, body).statusCode()).as(body).isEqualTo(400);
      }
      assertThat(batch(org, requests("\"" + "x".repeat(1_100_000) + "\"")).statusCode())
          .isEqualTo(413);
      assertThat(server.post("/api/batch-generate/acme", requests(one)).statusCode())
          .isEqualTo(401);
    }
  }
}
