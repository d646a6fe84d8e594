package dev.copyloop.stack.setup;

import com.fasterxml.jackson.databind.JsonNode;
import dev.copyloop.events.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Calls the admin API. Thread-safe. */
public final class AdminClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final URI server;
  private final String token;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();

  public AdminClient(URI server, String token) {
    this.server = server;
    this.token = token;
  }

  /** The server's root. */
  public URI server() {
    return server;
  }

  /**
   * Sends a document.
   *
   * @param path below {@code /api/admin}
   * @return the answer; a missing node if it is empty
   * @throws IOException if it is refused, with the server's words
   */
  public JsonNode send(String method, String path, JsonNode body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve("/api/admin" + path))
            .timeout(TIMEOUT)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(
          "Cannot %s %s: %d %s".formatted(method, path, answer.statusCode(), answer.body()));
    }
    return Json.mapper().readTree(answer.body());
  }
}
