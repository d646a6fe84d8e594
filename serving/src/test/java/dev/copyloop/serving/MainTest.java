package dev.copyloop.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.events.landing.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class MainTest {
  @Test
  @Tag("case-11-sigterm")
  void sigtermDrainsWithoutRefusingAnybodyAndExitsWithZero()
      throws IOException, InterruptedException {
    TestPlace place = TestPlace.create();
    ServingProcess serving = ServingProcess.start(place);
    try {
      serving.admin("PUT", "/orgs/acme", "{}");
      String webhook = "/api/webhook/cio/acme";
      Awaitility.await()
          .until(() -> serving.status("POST", webhook, "{\"event_id\":\"e-0\"}") == 200);

      serving.process().destroy();
      List<String> acknowledged = new ArrayList<>(List.of("e-0"));
      Awaitility.await().until(() -> serving.status("GET", "/ready", "") == 503);
      for (int i = 1; i <= 20; i++) {
        assertThat(serving.status("POST", webhook, "{\"event_id\":\"e-" + i + "\"}"))
            .isEqualTo(200);
        acknowledged.add("e-" + i);
      }
      assertThat(serving.terminate()).isZero();
      assertThat(LandedLines.of(place.bucket(), Source.CIO))
          .extracting(LandingLine::eventId)
          .containsExactlyInAnyOrderElementsOf(acknowledged);
    } finally {
      serving.kill();
    }
  }

  @Test
  void aConfigurationThatCanNotBeUsedIsNamed() throws IOException, InterruptedException {
    Path file = Files.createTempFile("serving", ".properties");
    Files.writeString(file, "serving.admin.token=a-token-that-is-secret\n");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.copyloop.serving.Main",
                "--config",
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
  }
}
