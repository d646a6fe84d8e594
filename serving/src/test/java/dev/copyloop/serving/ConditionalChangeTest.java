package dev.copyloop.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two who change the same setting do not overwrite each other unawares: ETag and If-Match. */
class ConditionalChangeTest {
  private static final String VARIANT = "/orgs/acme/templates/welcome/variants/" + TestOrg.FIRST;
  private static final String BINDINGS = "/orgs/acme/templates/welcome/bindings";
  private static TestServer server;

  @BeforeAll
  static void start() throws IOException {
    server = TestServer.start();
    TestOrg.createWithVariants(server, "acme");
    server.admitted("PUT", "/orgs/acme/workspaces/Production", "{}");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<String> sent(
      String method, String path, String body, String ifMatch) {
    return server.send(
        method,
        "/api/admin" + path,
        body.getBytes(StandardCharsets.UTF_8),
        "Authorization",
        "Bearer " + TestPlace.ADMIN_TOKEN,
        "If-Match",
        ifMatch);
  }

  private static String tag(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isBetween(200, 201);
    return response.headers().firstValue("ETag").orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/orgs/acme | {} | {\"time_zone\":\"Europe/Paris\"}",
        "/orgs/acme/exports | {} | {\"maps\":\"json\"}",
        "/orgs/acme/workspaces/Production | {} | {\"region\":\"eu\"}",
        "/orgs/acme/templates/welcome | {\"channel\":\"email\"} | {\"channel\":\"push\"}",
        VARIANT + " | {\"key\":\"first\"} | {\"key\":\"other\"}",
      })
  void onlyWhatWasReadIsChanged(String path, String one, String other) {
    String before = tag(server.admin("PUT", path, one));
    assertThat(tag(server.admin("GET", path, ""))).isEqualTo(before);
    String after = tag(sent("PUT", path, other, before));
    assertThat(after).isNotEqualTo(before);
    HttpResponse<String> late = sent("PUT", path, one, before);
    assertThat(late.statusCode()).isEqualTo(412);
    assertThat(TestServer.json(late.body()).path("type").asText())
        .isEqualTo("urn:copyloop:problem:precondition-failed");
    assertThat(tag(server.admin("GET", path, ""))).as("nothing was changed").isEqualTo(after);
    assertThat(sent("PUT", path, one, "\"x\", " + after).statusCode()).isEqualTo(200);
    assertThat(sent("PUT", path, one, "*").statusCode()).isEqualTo(200);
    assertThat(tag(server.admin("GET", path, ""))).as("the same state").isEqualTo(before);
  }

  @Test
  void aBindingIsChangedAndRemovedOnlyAsItWasRead() {
    String binding = "{\"workspace\":\"Production\",\"campaign_id\":%d,\"message_action_ids\":[3]}";
    HttpResponse<String> created = server.admin("POST", BINDINGS, binding.formatted(1));
    String path = BINDINGS + "/" + TestServer.json(created.body()).path("id").asText();
    String before = tag(created);
    assertThat(tag(server.admin("GET", path, ""))).isEqualTo(before);
    String after = tag(sent("PUT", path, binding.formatted(2), before));
    assertThat(sent("PUT", path, binding.formatted(3), before).statusCode()).isEqualTo(412);
    assertThat(sent("DELETE", path, "", before).statusCode()).isEqualTo(412);
    assertThat(sent("DELETE", path, "", after).statusCode()).isEqualTo(204);
    assertThat(server.admin("GET", path, "").statusCode()).isEqualTo(404);
  }

  @Test
  void whatIsNotThereMatchesNothing() {
    assertThat(sent("PUT", "/orgs/new", "{}", "*").statusCode()).isEqualTo(412);
    assertThat(server.admin("GET", "/orgs/new", "").statusCode()).isEqualTo(404);
  }
}
