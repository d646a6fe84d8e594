package dev.copyloop.serving;

import dev.copyloop.embedded.Fixtures;
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
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Serving as a process of its own, on a free port. */
record ServingProcess(Process process, URI uri, Path log) {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** Starts it; its log goes to a file. */
  static ServingProcess start(TestPlace place) throws IOException {
    return start(place, Map.of());
  }

  static ServingProcess start(TestPlace place, Map<String, String> environment) throws IOException {
    Path log = Files.createTempFile(place.folder(), "serving", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.copyloop.serving.Main",
                "--config",
                config(place).toString())
            .redirectError(log.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    if (line == null) {
      throw new AssertionError("Serving did not start: " + Files.readString(log));
    }
    return new ServingProcess(
        process, URI.create("http://" + line.substring(line.lastIndexOf(' ') + 1)), log);
  }

  /** The settings of a server at that place. */
  static Path config(TestPlace place) throws IOException {
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

  /** A call of the admin API that succeeds, sooner or later. */
  void admin(String method, String path, String body) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> status(method, "/api/admin" + path, body) == 200);
  }

  /** The status of an answer, -1 without one; with the admin's token. */
  int status(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri.resolve(path))
            .header("Authorization", "Bearer " + TestPlace.ADMIN_TOKEN)
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return CLIENT.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Ends it by SIGTERM; its exit code. */
  int terminate() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("Serving does not end");
    }
    return process.exitValue();
  }

  void kill() {
    process.destroyForcibly();
  }
}
