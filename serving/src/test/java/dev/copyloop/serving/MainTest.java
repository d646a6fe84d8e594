package dev.copyloop.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.embedded.Fixtures;
import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.events.landing.Source;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class MainTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static Path config(TestPlace place) throws IOException {
    Path file = place.folder().resolve("serving.properties");
    Files.createDirectories(place.spool());
    return Files.writeString(
        file,
        """
        serving.http.port=0
        serving.admin.token=%s
        serving.database.url=%s
        serving.snapshot.file=%s
        serving.drain.delay=2s
        landing.spool.directory=%s
        landing.spool.allow-volatile=true
        landing.store.endpoint=%s
        landing.store.bucket=%s
        landing.store.path-style=true
        landing.store.access-key=%s
        landing.store.secret-key=%s
        """
            .formatted(
                TestPlace.ADMIN_TOKEN,
                place.database().url(),
                place.folder().resolve("settings.json"),
                place.spool(),
                Fixtures.storage().endpoint(),
                place.bucket(),
                Fixtures.storage().accessKey(),
                Fixtures.storage().secretKey()));
  }

  private static Process start(Path config) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "dev.copyloop.serving.Main",
            "--config",
            config.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static int status(String method, URI uri, String body) {
    try {
      return CLIENT
          .send(
              HttpRequest.newBuilder(uri)
                  .header("Authorization", "Bearer " + TestPlace.ADMIN_TOKEN)
                  .method(method, HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } catch (IOException e) {
      return -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Test
  void sigtermDrainsWithoutRefusingAnybodyAndExitsWithZero()
      throws IOException, InterruptedException {
    TestPlace place = TestPlace.create();
    Process process = start(config(place));
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = out.readLine();
      assertThat(line).startsWith("copyloop-serving listens on 127.0.0.1:");
      URI base = URI.create("http://" + line.substring(line.lastIndexOf(' ') + 1));
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> status("PUT", base.resolve("/api/admin/orgs/acme"), "{}") == 200);
      URI webhook = base.resolve("/api/webhook/cio/acme");
      Awaitility.await().until(() -> status("POST", webhook, "{\"event_id\":\"e-0\"}") == 200);

      process.destroy();
      List<String> acknowledged = new ArrayList<>(List.of("e-0"));
      Awaitility.await().until(() -> status("GET", base.resolve("/ready"), "") == 503);
      for (int i = 1; i <= 20; i++) {
        assertThat(status("POST", webhook, "{\"event_id\":\"e-" + i + "\"}")).isEqualTo(200);
        acknowledged.add("e-" + i);
      }
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
      assertThat(LandedLines.of(place.bucket(), Source.CIO))
          .extracting(LandingLine::eventId)
          .containsExactlyInAnyOrderElementsOf(acknowledged);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aConfigurationThatCanNotBeUsedIsNamed() throws IOException, InterruptedException {
    Path file = Files.createTempFile("serving", ".properties");
    Files.writeString(file, "serving.admin.token=a-token-that-is-secret\n");
    Process process = start(file);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
  }
}
