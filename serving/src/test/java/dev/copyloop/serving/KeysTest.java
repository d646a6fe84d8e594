package dev.copyloop.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KeysTest {
  private static final String CALL = "{\"template_id\":\"welcome\"}";

  private static TestServer server;

  @BeforeAll
  static void startServer() throws IOException {
    server = TestServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  private static JsonNode create(String org, String body) {
    JsonNode created = server.admitted("POST", "/orgs/" + org + "/keys", body);
    server.settle();
    return created;
  }

  private static HttpResponse<String> generate(String org, String key, String body) {
    return server.post("/api/generate/" + org, body, "X-Api-Key", key);
  }

  @Test
  void twoKeysOfANameMakeRoomForRotation() {
    TestOrg org = TestOrg.createWithVariants(server, "rotation");
    String body = "{\"name\":\"production\",\"scopes\":[\"generate\"]}";
    JsonNode old = create("rotation", body);
    JsonNode fresh = create("rotation", body);
    HttpResponse<String> third = server.admin("POST", "/orgs/rotation/keys", body);
    assertThat(third.statusCode()).isEqualTo(409);
    assertThat(third.body()).contains("delete");
    assertThat(generate("rotation", old.path("key").asText(), CALL).statusCode()).isEqualTo(200);
    assertThat(generate("rotation", fresh.path("key").asText(), CALL).statusCode()).isEqualTo(200);
    server.admitted("DELETE", "/orgs/rotation/keys/" + old.path("key_id").asText(), "");
    server.settle();
    assertThat(generate("rotation", old.path("key").asText(), CALL).statusCode()).isEqualTo(401);
    assertThat(server.admin("POST", "/orgs/rotation/keys", body).statusCode()).isEqualTo(201);
    assertThat(org.generate(CALL).statusCode()).isEqualTo(200);
  }

  @Test
  void theLastUseIsWrittenDownAfterwards() {
    TestOrg.createWithVariants(server, "used");
    JsonNode key = create("used", "{\"name\":\"watched\",\"scopes\":[\"generate\"]}");
    Instant before = Instant.now().minusSeconds(1);
    assertThat(lastUsed("used", key).isMissingNode()).isTrue();
    generate("used", key.path("key").asText(), CALL);
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> lastUsed("used", key).isTextual());
    assertThat(Instant.parse(lastUsed("used", key).asText())).isAfter(before);
  }

  private static JsonNode lastUsed(String org, JsonNode created) {
    for (JsonNode key : server.admitted("GET", "/orgs/" + org + "/keys", "").path("keys")) {
      if (key.path("key_id").equals(created.path("key_id"))) {
        return key.path("last_used_at");
      }
    }
    throw new AssertionError("not listed");
  }

  @Test
  void aKeyIsHeldToItsRateAndItsDay() {
    TestOrg org = TestOrg.createWithVariants(server, "limited");
    String slow =
        create("limited", "{\"name\":\"s\",\"scopes\":[\"generate\"],\"requests_per_second\":1}")
            .path("key")
            .asText();
    HttpResponse<String> refused = null;
    for (int i = 0; i < 15 && (refused == null || refused.statusCode() == 200); i++) {
      refused = generate("limited", slow, CALL);
    }
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");

    JsonNode daily =
        create(
            "limited",
            "{\"name\":\"d\",\"scopes\":[\"generate\",\"events\"],\"requests_per_day\":5}");
    String key = daily.path("key").asText();
    String batch = "{\"requests\":[" + CALL + "," + CALL + "," + CALL + "," + CALL + "]}";
    assertThat(server.post("/api/batch-generate/limited", batch, "X-Api-Key", key).statusCode())
        .isEqualTo(200);
    assertThat(generate("limited", key, CALL).statusCode()).isEqualTo(200);
    assertThat(generate("limited", key, CALL).statusCode()).isEqualTo(429);
    assertThat(server.post("/api/webhook/events/limited", "{}", "X-Api-Key", key).statusCode())
        .isEqualTo(429);
    assertThat(org.generate(CALL).statusCode()).as("another key").isEqualTo(200);
    assertThat(server.post(TestOrg.CIO + "limited", "{}").statusCode()).isEqualTo(200);

    server.admitted("PUT", "/orgs/limited/keys/" + daily.path("key_id").asText(), "{}");
    server.settle();
    assertThat(generate("limited", key, CALL).statusCode()).isEqualTo(200);
  }

  @Test
  void anAdminKeyChangesItsOwnOrgOnly() {
    TestOrg.create(server, "owner");
    TestOrg.create(server, "neighbour");
    String key = create("owner", "{\"name\":\"a\",\"scopes\":[\"admin\"]}").path("key").asText();
    String[] header = {"X-Api-Key", key};
    byte[] body = "{\"time_zone\":\"Asia/Tokyo\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(server.send("PUT", "/api/admin/orgs/owner", body, header).statusCode())
        .isEqualTo(200);
    assertThat(server.send("PUT", "/api/admin/orgs/neighbour", body, header).statusCode())
        .isEqualTo(401);
    assertThat(server.send("PUT", "/api/admin/orgs/unborn", body, header).statusCode())
        .isEqualTo(401);
    assertThat(server.get("/api/admin/settings", header).statusCode()).isEqualTo(401);
    assertThat(generate("owner", key, CALL).statusCode()).isEqualTo(403);
  }

  @Test
  void concurrentChangesOfAVariantAreAllKept() {
    TestOrg org = TestOrg.createWithVariants(server, "concurrent");
    String path = org.templates() + "welcome/variants/" + TestOrg.FIRST;
    for (int round = 0; round < 10; round++) {
      String name = "name-" + round;
      String filter = "{\"attr\":\"round\",\"eq\":\"" + round + "\"}";
      Thread renaming =
          new Thread(() -> server.admitted("PUT", path, "{\"key\":\"" + name + "\"}"));
      renaming.start();
      server.admitted("PUT", path, "{\"filter\":" + filter + "}");
      try {
        renaming.join();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      JsonNode variant = server.admitted("GET", org.templates() + "welcome", "").at("/variants/0");
      assertThat(variant.path("key").asText()).isEqualTo(name);
      assertThat(variant.path("filter")).isEqualTo(TestServer.json(filter));
    }
  }
}
