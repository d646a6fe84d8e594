package dev.copyloop.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.events.landing.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class CustomEventsTest {
  private static final String PATH = "/api/webhook/events/acme";

  private static HttpResponse<String> post(TestOrg org, String body) {
    return org.server().post(PATH, body, "X-Api-Key", org.key());
  }

  private static String event(String id) {
    return "{\"id\":\""
        + id
        + "\",\"user_id\":\"u\",\"name\":\"purchase\",\"timestamp\":1760000000}";
  }

  @Test
  void everyShapeIsTakenApartIntoItems() throws IOException {
    TestServer server = TestServer.start();
    TestOrg org = TestOrg.create(server, "acme");
    server.settle();
    assertThat(post(org, event("single")).statusCode()).isEqualTo(200);
    assertThat(post(org, "[" + event("array-1") + " ,\n" + event("array-2") + "]").statusCode())
        .isEqualTo(200);
    assertThat(post(org, event("line-1") + "\n\n" + event("line-2") + "\r\n").statusCode())
        .isEqualTo(200);
    String aliases =
        "{\"event_id\":\"alias\",\"event_name\":\"purchase\",\"event_timestamp\":\"2026-01-01T00:00:00Z\","
            + "\"user_id\":7}";
    assertThat(post(org, aliases).statusCode()).isEqualTo(200);
    String envelope =
        "{\"event_id\":\"envelope\",\"metric\":\"purchase\",\"timestamp\":1760000000,"
            + "\"data\":{\"identifiers\":{\"id\":\"u\"}}}";
    assertThat(post(org, envelope).statusCode()).isEqualTo(200);
    ByteArrayOutputStream gzipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(gzipped)) {
      gzip.write(event("gzip").getBytes(StandardCharsets.UTF_8));
    }
    assertThat(
            server
                .send(
                    "POST",
                    PATH,
                    gzipped.toByteArray(),
                    "X-Api-Key",
                    org.key(),
                    "Content-Encoding",
                    "gzip")
                .statusCode())
        .isEqualTo(200);
    JsonNode unnamed =
        TestServer.json(
            post(org, "{\"user_id\":\"u\",\"name\":\"n\",\"timestamp\":1760000000}").body());
    String serverId = unnamed.at("/items/0/event_id").asText();

    server.close();
    Map<String, LandingLine> lines =
        LandedLines.of(server.place().bucket(), Source.EVENTS).stream()
            .collect(Collectors.toMap(LandingLine::eventId, Function.identity()));
    assertThat(lines.keySet())
        .containsExactlyInAnyOrder(
            "single",
            "array-1",
            "array-2",
            "line-1",
            "line-2",
            "alias",
            "envelope",
            "gzip",
            serverId);
    for (String id : List.of("single", "array-1", "array-2", "line-1", "line-2", "gzip")) {
      assertThat(lines.get(id).body().bytes())
          .asString(StandardCharsets.UTF_8)
          .isEqualTo(event(id));
    }
  }

  @Test
  void malformedItemsAreNamedAndTheOthersLanded() throws IOException {
    TestServer server = TestServer.start();
    TestOrg org = TestOrg.create(server, "acme");
    server.settle();
    JsonNode answer =
        TestServer.json(
            post(
                    org,
                    event("good")
                        + "\nnot json\n{\"id\":\"nameless\",\"user_id\":\"u\",\"timestamp\":1}\n"
                        + event("early").replace("1760000000", "17")
                        + "\n"
                        + event("nobody").replace("\"user_id\":\"u\",", ""))
                .body());
    assertThat(answer.path("accepted").asInt()).isEqualTo(1);
    assertThat(answer.path("rejected").asInt()).isEqualTo(4);
    assertThat(post(org, " \n").body()).contains("The body holds no event");
    assertThat(answer.path("items").findValuesAsText("status"))
        .containsExactly("accepted", "rejected", "rejected", "rejected", "rejected");
    assertThat(answer.path("items").findValuesAsText("detail")).hasSize(4).doesNotContain("");
    JsonNode broken =
        TestServer.json(
            post(org, "[" + event("first") + "," + event("second") + ",{\"id\":").body());
    assertThat(broken.path("accepted").asInt()).isEqualTo(2);
    assertThat(broken.path("rejected").asInt()).isEqualTo(1);
    server.close();
    assertThat(LandedLines.of(server.place().bucket(), Source.EVENTS))
        .extracting(LandingLine::eventId)
        .containsExactlyInAnyOrder("good", "first", "second");
  }

  @Test
  void whatHoldsNoEventIsRefused() throws IOException {
    try (TestServer server = TestServer.start()) {
      TestOrg org = TestOrg.create(server, "acme");
      String generateOnly = TestOrg.key(server, "acme", "[\"generate\"]");
      server.settle();
      assertThat(post(org, "").statusCode()).isEqualTo(400);
      assertThat(post(org, "[]").statusCode()).isEqualTo(400);
      assertThat(post(org, "nothing").statusCode()).isEqualTo(400);
      assertThat(post(org, "[".repeat(10_000)).statusCode()).isEqualTo(400);
      for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16)) {
        byte[] array = ("[" + event("wide") + "]").getBytes(charset);
        TestServer.refused(400, "UTF-8", server.send("POST", PATH, array, "X-Api-Key", org.key()));
      }
      assertThat(post(org, "x".repeat(2 << 20)).statusCode()).isEqualTo(413);
      assertThat(server.post(PATH, event("e")).statusCode()).isEqualTo(401);
      assertThat(server.post(PATH, event("e"), "X-Api-Key", generateOnly).statusCode())
          .isEqualTo(403);
      assertThat(
              server
                  .post(PATH, event("e"), "X-Api-Key", org.key(), "Content-Encoding", "br")
                  .statusCode())
          .isEqualTo(415);
      assertThat(
              server
                  .post(PATH, event("e"), "X-Api-Key", org.key(), "Content-Encoding", "gzip")
                  .statusCode())
          .isEqualTo(400);
      ByteArrayOutputStream bomb = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
        gzip.write(new byte[64 << 20]);
      }
      assertThat(
              server
                  .send(
                      "POST",
                      PATH,
                      bomb.toByteArray(),
                      "X-Api-Key",
                      org.key(),
                      "Content-Encoding",
                      "gzip")
                  .statusCode())
          .isEqualTo(413);
    }
  }
}
