package dev.copyloop.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GenerateHttpTest {
  private static TestServer server;
  private static TestOrg org;

  @BeforeAll
  static void startServer() throws IOException {
    server = TestServer.start();
    org = TestOrg.createWithVariants(server, "acme");
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  private static HttpResponse<String> problem(int status, HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    JsonNode problem = TestServer.json(response.body());
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("type").asText()).startsWith("urn:copyloop:problem:");
    assertThat(problem.path("detail").asText()).isNotBlank();
    return response;
  }

  @Test
  void answersExactlyTheAgreedMembers() {
    JsonNode answer =
        org.copy("{\"template_id\":\"welcome\",\"user_id\":\"u1\",\"tracking_id\":\"t1\"}");
    assertThat(answer.properties())
        .extracting(member -> member.getKey())
        .containsExactly("copy", "generation_id");
    assertThat(answer.get("copy").properties())
        .extracting(member -> member.getKey())
        .containsExactly("id", "template_id", "vars");
    assertThat(answer.at("/copy/template_id").asText()).isEqualTo("welcome");
    assertThat(answer.at("/copy/id").asText()).isIn(TestOrg.FIRST, TestOrg.SECOND);
    assertThat(answer.at("/copy/vars/subject").asText()).isIn("Hello", "Good day");
  }

  @Test
  void aBodyMayBeGzipAndNothingElse() throws IOException {
    String body = "{\"template_id\":\"welcome\",\"user_id\":\"u1\",\"tracking_id\":\"zip\"}";
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(body.getBytes(StandardCharsets.UTF_8));
    }
    HttpResponse<String> answer = encoded("gzip", zipped.toByteArray());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(TestServer.json(answer.body())).isEqualTo(org.copy(body));
    problem(400, encoded("gzip", body.getBytes(StandardCharsets.UTF_8)));
    problem(415, encoded("br", zipped.toByteArray()));
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bomb)) {
      gzip.write(new byte[64 * 1024 * 1024]);
    }
    problem(413, encoded("gzip", bomb.toByteArray()));
  }

  private static HttpResponse<String> encoded(String encoding, byte[] body) {
    return server.send(
        "POST", "/api/generate/acme", body, "X-Api-Key", org.key(), "Content-Encoding", encoding);
  }

  @Test
  void retriesGetTheSameCopyAndGeneration() {
    Set<JsonNode> answers = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      answers.add(
          org.copy("{\"template_id\":\"welcome\",\"user_id\":\"u2\",\"tracking_id\":\"t2\"}"));
    }
    assertThat(answers).hasSize(1);
  }

  @Test
  void retriesOfAnAnonymousCallAreKnownByTheirIdempotencyKey() {
    for (int round = 0; round < 10; round++) {
      Set<JsonNode> answers = new HashSet<>();
      for (int i = 0; i < 4; i++) {
        answers.add(
            org.copy("{\"template_id\":\"welcome\"}", "x-cio-idempotency-key", "key-" + round));
      }
      assertThat(answers).hasSize(1);
    }
  }

  @Test
  void aForcedCopyIsAnswered() {
    for (String copyId : new String[] {TestOrg.FIRST, TestOrg.SECOND}) {
      JsonNode answer = org.copy("{\"template_id\":\"welcome\",\"copy_id\":\"" + copyId + "\"}");
      assertThat(answer.at("/copy/id").asText()).isEqualTo(copyId);
    }
  }

  @Test
  void aForcedCopyOfNoVariantIsNotFound() {
    problem(
        404,
        org.generate(
            "{\"template_id\":\"welcome\",\"copy_id\":\"99999999-9999-4999-8999-999999999999\"}"));
  }

  @Test
  void anUnknownOrgIsNotFoundBeforeItsKeyIsLookedAt() {
    problem(404, server.post("/api/generate/nobody", "{}", "X-Api-Key", org.key()));
  }

  @Test
  void anUnknownTemplateIsNotFound() {
    problem(404, org.generate("{\"template_id\":\"other\"}"));
  }

  @Test
  void aWrongKeyIsRefused() {
    problem(401, server.post("/api/generate/acme", "{}"));
    problem(401, server.post("/api/generate/acme", "{}", "X-Api-Key", "ck_wrong"));
    StringBuilder forged = new StringBuilder(org.key());
    forged.setCharAt(20, forged.charAt(20) == 'x' ? 'y' : 'x');
    problem(401, server.post("/api/generate/acme", "{}", "X-Api-Key", forged.toString()));
  }

  @Test
  void aKeyIsAlsoTakenAsBearer() {
    HttpResponse<String> response =
        server.post(
            "/api/generate/acme",
            "{\"template_id\":\"welcome\"}",
            "Authorization",
            "Bearer " + org.key());
    assertThat(response.statusCode()).isEqualTo(200);
  }

  @Test
  void aKeyOfAnotherOrgIsRefused() {
    TestOrg other = TestOrg.create(server, "other");
    server.settle();
    problem(401, server.post("/api/generate/acme", "{}", "X-Api-Key", other.key()));
  }

  @Test
  void aQuoteInANameStillGetsTheFallback() {
    JsonNode answer =
        org.copy(
            "{\"template_id\":\"welcome\",\"user_id\":\"u\",\"attrs\":{\"name\":\"O\"Brien\"}}");
    assertThat(answer.at("/copy/id").asText()).isEqualTo(TestOrg.FIRST);
  }

  @Test
  void aBodyWithoutReadableTemplateIsRefused() {
    problem(400, org.generate("{\"attrs\":"));
    problem(400, org.generate("not json"));
    problem(400, org.generate("[]"));
    problem(400, org.generate("{}"));
    problem(400, org.generate("[".repeat(10_000)));
  }

  @Test
  void aDeepBodyWithReadableTemplateGetsTheFallback() {
    String deep = "[".repeat(10_000) + "]".repeat(10_000);
    JsonNode answer = org.copy("{\"template_id\":\"welcome\",\"attrs\":{\"a\":" + deep + "}}");
    assertThat(answer.at("/copy/id").asText()).isEqualTo(TestOrg.FIRST);
  }

  @Test
  void aBodyOverTheLimitIsTooLarge() {
    problem(413, org.generate("{\"template_id\":\"" + "x".repeat(300_000) + "\"}"));
  }

  @Test
  void theQueryFormGivesTheSameGeneration() {
    JsonNode posted =
        org.copy("{\"template_id\":\"welcome\",\"user_id\":\"q\",\"tracking_id\":\"q1\"}");
    HttpResponse<String> got =
        server.get(
            "/api/generate/acme?template_id=welcome&user_id=q&tracking_id=q1&attrs.plan=Pro",
            "X-Api-Key",
            org.key());
    assertThat(TestServer.json(got.body())).isEqualTo(posted);
  }

  @Test
  void onlyAReplayKeySetsTimeAndPropensity() {
    String body =
        "{\"template_id\":\"welcome\",\"tracking_id\":\"r\",\"occurred_at\":1760000000,"
            + "\"propensity\":0.5}";
    problem(403, org.generate(body));
    String replayKey = TestOrg.key(server, "acme", "[\"generate\",\"replay\"]");
    server.settle();
    assertThat(server.post("/api/generate/acme", body, "X-Api-Key", replayKey).statusCode())
        .isEqualTo(200);
    problem(
        400, server.post("/api/generate/acme", body.replace("0.5", "1.5"), "X-Api-Key", replayKey));
    problem(
        400,
        server.post(
            "/api/generate/acme", body.replace("1760000000", "17"), "X-Api-Key", replayKey));
  }

  @Test
  void otherMethodsAndPathsAreRefused() {
    HttpResponse<String> response =
        problem(405, server.send("DELETE", "/api/generate/acme", new byte[0]));
    assertThat(response.headers().firstValue("Allow")).hasValue("GET, POST");
    problem(404, server.get("/api/nothing"));
  }
}
