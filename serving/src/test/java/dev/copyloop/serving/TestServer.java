package dev.copyloop.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.landing.Landing;
import dev.copyloop.landing.LandingOpener;
import dev.copyloop.landing.SpoolLanding;
import dev.copyloop.landing.store.ObjectStore;
import dev.copyloop.landing.store.S3ObjectStore;
import dev.copyloop.serving.observe.ServingMetrics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import org.awaitility.Awaitility;

/** A whole server on a free port, and a client that speaks to it over HTTP. */
final class TestServer implements AutoCloseable {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final TestPlace place;
  private final ObjectStore store;
  private final Landing landing;
  private final Server server;

  private TestServer(TestPlace place, ObjectStore store, Landing landing, Server server) {
    this.place = place;
    this.store = store;
    this.landing = landing;
    this.server = server;
  }

  static TestServer start() throws IOException {
    return start(TestPlace.create());
  }

  static TestServer start(TestPlace place) throws IOException {
    return start(place, place.serving()).ready();
  }

  static TestServer start(TestPlace place, ServingConfig config) throws IOException {
    Files.createDirectories(place.spool());
    return start(
        place,
        config,
        S3ObjectStore.open(place.store()),
        (store, metrics) -> SpoolLanding.open(place.landing(), store, metrics));
  }

  /** With another landing than the place's spool. */
  static TestServer start(TestPlace place, ObjectStore store, LandingOpener opener)
      throws IOException {
    return start(place, place.serving(), store, opener).ready();
  }

  private static TestServer start(
      TestPlace place, ServingConfig config, ObjectStore store, LandingOpener opener)
      throws IOException {
    ServingMetrics metrics = new ServingMetrics();
    Landing landing = opener.open(store, metrics);
    return new TestServer(place, store, landing, Server.start(config, landing, metrics));
  }

  TestServer ready() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> get("/ready").statusCode() == 200);
    return this;
  }

  TestPlace place() {
    return place;
  }

  Server server() {
    return server;
  }

  int port() {
    return server.port();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  HttpResponse<String> get(String path, String... headers) {
    return send("GET", path, new byte[0], headers);
  }

  HttpResponse<String> post(String path, String body, String... headers) {
    return send("POST", path, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  HttpResponse<String> send(String method, String path, byte[] body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .timeout(Duration.ofSeconds(30))
            .method(
                method,
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(method + " " + path + " was not answered", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** A call of the admin API below {@code /api/admin}. */
  HttpResponse<String> admin(String method, String path, String body) {
    return send(
        method,
        "/api/admin" + path,
        body.getBytes(StandardCharsets.UTF_8),
        "Authorization",
        "Bearer " + TestPlace.ADMIN_TOKEN);
  }

  /** The same, which must succeed. */
  JsonNode admitted(String method, String path, String body) {
    HttpResponse<String> response = admin(method, path, body);
    if (response.statusCode() >= 300) {
      throw new AssertionError(
          method + " " + path + ": " + response.statusCode() + " " + response.body());
    }
    return response.body().isEmpty() ? Json.mapper().nullNode() : json(response.body());
  }

  /** The answer must have that status and say in its detail what is wrong. */
  static void refused(int status, String hint, HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(json(response.body()).path("detail").asText()).contains(hint);
  }

  static JsonNode json(String text) {
    try {
      return Json.mapper().readTree(text);
    } catch (IOException e) {
      throw new AssertionError("No JSON: " + text, e);
    }
  }

  /** Waits until requests are answered by the settings that are in PostgreSQL now. */
  void settle() {
    long version = admitted("GET", "/settings", "").path("version").asLong();
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> get("/metrics").body().contains("copyloop_settings_version " + version));
  }

  @Override
  public void close() {
    server.close();
    landing.close();
    store.close();
  }
}
