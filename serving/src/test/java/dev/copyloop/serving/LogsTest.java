package dev.copyloop.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.events.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a person's data could be in is sent in every way, and looked for in the log. */
@Tag("slow")
class LogsTest {
  private static final String MARK = "marked-person";
  private static final String PERSON = MARK + "@example.test";

  @Test
  void theLogIsJsonWithoutPersonalData() throws IOException, InterruptedException {
    TestPlace place = TestPlace.create();
    // Everything that the product itself may say.
    Map<String, String> environment =
        Map.of("COPYLOOP_LOG_FORMAT", "json", "COPYLOOP_LOG_LEVEL", "DEBUG");
    ServingProcess process = ServingProcess.start(place, environment);
    try {
      process.admin("PUT", "/orgs/acme", "{}");
      String path = "/api/generate/acme";
      String body = "{\"template_id\":\"t\",\"user_id\":\"%s\",\"attrs\":{\"a\":\"%s\"}";
      for (String text :
          List.of(body.formatted(PERSON, PERSON) + "}", body.formatted(PERSON, PERSON), PERSON)) {
        process.status("POST", path, text, "X-Api-Key", PERSON);
        process.status("POST", "/api/webhook/cio/acme", text, "X-CIO-Signature", PERSON);
        process.status("POST", "/api/webhook/events/acme", text, "X-Api-Key", PERSON);
        process.status("POST", "/api/admin/orgs/acme/templates/t/variants", text);
      }
      process.status("GET", path + "?template_id=t&user_id=" + MARK + "&attrs.a=" + MARK, "");
      process.status("GET", "/nowhere?email=" + MARK, "");
      assertThat(process.terminate()).isZero();
    } finally {
      process.kill();
    }
    List<String> lines = Files.readAllLines(process.log());
    assertThat(lines).isNotEmpty().noneMatch(line -> line.contains(MARK));
    for (String line : lines) {
      assertThat(Json.mapper().readTree(line).fieldNames())
          .toIterable()
          .as(line)
          .contains("timestamp", "level", "loggerName", "message");
    }
  }
}
