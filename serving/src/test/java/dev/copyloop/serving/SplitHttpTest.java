package dev.copyloop.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.copyloop.events.generation.Arm;
import dev.copyloop.events.generation.GenerationRecord;
import dev.copyloop.events.generation.GenerationRecordJson;
import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.events.landing.Source;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SplitHttpTest {
  private static final String CONTROL = "cccccccc-cccc-4ccc-8ccc-cccccccccccc";

  private static Map<String, JsonNode> answers(TestOrg org, String journey) {
    Map<String, JsonNode> answers = new HashMap<>();
    for (int i = 0; i < 40; i++) {
      String user = "u" + i;
      answers.put(
          user,
          org.copy(
              "{\"template_id\":\"welcome\",\"user_id\":\"%s\",\"tracking_id\":\"%s\"}"
                  .formatted(user, journey + i)));
    }
    return answers;
  }

  private static boolean isControl(JsonNode answer) {
    boolean control = answer.path("control").asBoolean(false);
    assertThat(answer.at("/copy/id").asText().equals(CONTROL)).isEqualTo(control);
    assertThat(answer.has("control")).isEqualTo(control);
    return control;
  }

  @Test
  void generateSplitsAsTheTemplateSays() throws IOException {
    TestServer server = TestServer.start();
    TestOrg org = TestOrg.createWithVariants(server, "acme");
    String split = org.templates() + "welcome/split";
    String persistent = "{\"mode\":\"persistent\",\"control_share\":0.5}";
    assertThat(server.admin("PUT", split, persistent).body()).contains("control_copy_id");
    org.variant(
        "welcome",
        "{\"copy_id\":\"" + CONTROL + "\",\"key\":\"control\",\"vars\":{\"subject\":\"As ever\"}}");
    server.admitted(
        "PUT",
        org.templates() + "welcome",
        "{\"channel\":\"email\",\"control_copy_id\":\"" + CONTROL + "\"}");
    server.settle();
    assertThat(answers(org, "before").values()).noneMatch(SplitHttpTest::isControl);

    JsonNode template = server.admitted("PUT", split, persistent);
    assertThat(template.at("/splits/0/mode").asText()).isEqualTo("persistent");
    server.settle();
    Map<String, JsonNode> first = answers(org, "a");
    Map<String, JsonNode> second = answers(org, "b");
    assertThat(first.values().stream().filter(SplitHttpTest::isControl).count()).isBetween(8L, 32L);
    first.forEach(
        (user, answer) -> {
          assertThat(second.get(user).path("copy")).isEqualTo(answer.path("copy"));
          assertThat(isControl(second.get(user))).isEqualTo(isControl(answer));
        });

    server.admitted("PUT", split, "{\"mode\":\"persistent\",\"control_share\":0}");
    server.settle();
    assertThat(answers(org, "a")).as("retries keep their arm").isEqualTo(first);
    assertThat(answers(org, "c").values()).noneMatch(SplitHttpTest::isControl);
    assertThat(
            server
                .admin("PUT", split, "{\"mode\":\"external\",\"control_share\":0.5}")
                .statusCode())
        .isEqualTo(400);

    server.close();
    int control = 0;
    for (LandingLine line : LandedLines.of(server.place().bucket(), Source.GENERATE)) {
      GenerationRecord generation = GenerationRecordJson.read(line.body().bytes());
      String journey = generation.trackingId().orElseThrow();
      if (journey.startsWith("b") && !journey.startsWith("before")) {
        assertThat(generation.arm() == Arm.CONTROL).isEqualTo(generation.copyId().equals(CONTROL));
        assertThat(generation.propensity()).isEqualTo(generation.arm() == Arm.CONTROL ? .5 : .25);
        control += generation.arm() == Arm.CONTROL ? 1 : 0;
      }
    }
    assertThat(control)
        .isEqualTo((int) second.values().stream().filter(SplitHttpTest::isControl).count());
  }
}
