package dev.copyloop.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.copyloop.events.landing.LandedBody;
import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.events.landing.Source;
import dev.copyloop.events.landing.Verification;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CustomerIoWebhookTest {
  private static final String PRODUCTION = "production-signing-key";
  private static final String STAGING = "staging-signing-key";

  private static void addWorkspace(TestServer server, String org, String name, String key) {
    String workspace = "/orgs/" + org + "/workspaces/" + name;
    server.admitted("PUT", workspace, "{\"region\":\"eu\"}");
    server.admitted("POST", workspace + "/signing-keys", "{\"key\":\"" + key + "\"}");
  }

  private static Map<String, LandingLine> landed(TestServer server) {
    server.close();
    Map<String, LandingLine> lines = new HashMap<>();
    LandedLines.of(server.place().bucket(), Source.CIO)
        .forEach(line -> lines.put(line.eventId(), line));
    return lines;
  }

  private static List<byte[]> examples() throws IOException {
    List<byte[]> bodies = new ArrayList<>();
    try (InputStream in =
        CustomerIoWebhookTest.class.getResourceAsStream("customerio-webhooks.jsonl")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().toList()) {
        JsonNode body = TestServer.json(line).get("body");
        bodies.add(
            (body.isTextual() ? body.asText() : body.toString()).getBytes(StandardCharsets.UTF_8));
      }
    }
    return bodies;
  }

  @Test
  void everyExampleIsAnsweredAndLandedByteForByte() throws IOException {
    TestServer server = TestServer.start();
    TestOrg.create(server, "acme");
    addWorkspace(server, "acme", "Production", PRODUCTION);
    server.settle();
    List<byte[]> bodies = examples();
    assertThat(bodies).hasSize(243);
    for (byte[] body : bodies) {
      HttpResponse<String> response =
          server.send(
              "POST",
              TestOrg.CIO + "acme",
              body,
              Signatures.headers(PRODUCTION, "1760000000", body));
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }
    server.close();
    List<LandingLine> lines = LandedLines.of(server.place().bucket(), Source.CIO);
    assertThat(lines)
        .allMatch(line -> line.verification() == Verification.VERIFIED)
        .allMatch(line -> line.workspace().equals(Optional.of("Production")))
        .allMatch(line -> line.headers().containsKey("x-cio-signature"));
    assertThat(lines.stream().map(line -> text(line.body())).toList())
        .containsExactlyInAnyOrderElementsOf(
            bodies.stream().map(body -> new String(body, StandardCharsets.UTF_8)).toList());
    for (LandingLine line : lines) {
      JsonNode body = TestServer.json(text(line.body()));
      assertThat(line.eventId()).isEqualTo(body.path("event_id").asText(line.eventId()));
    }
  }

  private static String text(LandedBody body) {
    return new String(body.bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void whatIsNoJsonOrTooLargeIsLandedToo() throws IOException {
    TestServer server = TestServer.start();
    TestOrg.create(server, "acme");
    addWorkspace(server, "acme", "Production", PRODUCTION);
    server.settle();
    byte[] notJson = {(byte) 0xFF, 0, 10, 13, 'x'};
    byte[] mebibyte =
        ("{\"event_id\":\"big\",\"c\":\"" + "x".repeat(1 << 20) + "\"}")
            .getBytes(StandardCharsets.UTF_8);
    byte[] oversize = new byte[5 << 20];
    Arrays.fill(oversize, (byte) 'y');
    byte[] deep = "[".repeat(10_000).getBytes(StandardCharsets.UTF_8);
    byte[] pretty = "{\n \"event_id\": \"pretty\"\n}".getBytes(StandardCharsets.UTF_8);
    byte[] empty = {};
    for (byte[] body : List.of(notJson, mebibyte, oversize, deep, pretty, empty)) {
      HttpResponse<String> response =
          server.send(
              "POST", TestOrg.CIO + "acme", body, Signatures.headers(PRODUCTION, "1", body));
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }
    Map<String, LandingLine> lines = landed(server);
    assertThat(lines).hasSize(6);
    assertThat(lines.values()).allMatch(line -> line.verification() == Verification.VERIFIED);
    assertThat(lines.get("big").body()).isInstanceOf(LandedBody.Json.class);
    assertThat(lines.get("big").body().bytes()).isEqualTo(mebibyte);
    assertThat(lines.values().stream().map(LandingLine::body))
        .filteredOn(LandedBody.Truncated.class::isInstance)
        .singleElement()
        .satisfies(
            body -> {
              assertThat(((LandedBody.Truncated) body).length()).isEqualTo(oversize.length);
              assertThat(body.bytes()).hasSize(64 * 1024).containsOnly('y');
            });
    assertThat(lines.values().stream().map(line -> line.body().bytes()).toList())
        .contains(notJson, deep, pretty, empty);
  }

  @Test
  void aSignatureOfAnyWorkspaceOfTheOrgVerifies() throws IOException {
    TestServer server = TestServer.start();
    TestOrg.create(server, "acme");
    TestOrg.create(server, "rival");
    addWorkspace(server, "acme", "Production", PRODUCTION);
    addWorkspace(server, "acme", "Staging", STAGING);
    addWorkspace(server, "rival", "Production", "rival-key");
    server.settle();
    Map<String, String> keyOf =
        Map.of("by-production", PRODUCTION, "by-staging", STAGING, "by-rival", "rival-key");
    keyOf.forEach(
        (id, key) -> {
          byte[] body = ("{\"event_id\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8);
          server.send("POST", TestOrg.CIO + "acme", body, Signatures.headers(key, "1", body));
        });
    byte[] unsigned = "{\"event_id\":\"unsigned\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(server.send("POST", TestOrg.CIO + "acme", unsigned).statusCode()).isEqualTo(200);
    byte[] notHex = "{\"event_id\":\"not-hex\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(
            server
                .send(
                    "POST",
                    TestOrg.CIO + "acme",
                    notHex,
                    "X-CIO-Timestamp",
                    "1",
                    "X-CIO-Signature",
                    "WRONG")
                .statusCode())
        .isEqualTo(200);
    Map<String, LandingLine> lines = landed(server);
    assertThat(lines.get("by-production").workspace()).hasValue("Production");
    assertThat(lines.get("by-staging").workspace()).hasValue("Staging");
    for (String id : List.of("by-rival", "unsigned", "not-hex")) {
      assertThat(lines.get(id).verification()).isEqualTo(Verification.UNVERIFIED);
      assertThat(lines.get(id).workspace()).isEmpty();
    }
  }

  @Test
  void withoutSigningKeysNothingIsKnown() throws IOException {
    TestServer server = TestServer.start();
    TestOrg.create(server, "acme");
    server.settle();
    assertThat(server.post(TestOrg.CIO + "acme", "{\"event_id\":\"e\"}").statusCode())
        .isEqualTo(200);
    assertThat(landed(server).get("e").verification()).isEqualTo(Verification.UNKNOWN);
  }

  @Test
  void overTheBudgetUnverifiedBodiesAreRefusedAndVerifiedOnesAreNot() throws IOException {
    try (TestServer server = TestServer.start()) {
      TestOrg.create(server, "acme");
      addWorkspace(server, "acme", "Production", PRODUCTION);
      server.settle();
      List<Integer> statuses = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        statuses.add(server.post(TestOrg.CIO + "acme", "{}").statusCode());
      }
      assertThat(statuses).containsOnly(200, 401).startsWith(200);
      byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
      assertThat(
              server
                  .send(
                      "POST", TestOrg.CIO + "acme", body, Signatures.headers(PRODUCTION, "1", body))
                  .statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void anUnknownOrgIsNotFound() throws IOException {
    try (TestServer server = TestServer.start()) {
      assertThat(server.post(TestOrg.CIO + "nobody", "{}").statusCode()).isEqualTo(404);
    }
  }
}
