package dev.copyloop.stack.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplayClientTest {
  private final Map<String, AtomicInteger> received = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(8);
  private HttpServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = bind(0);
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void sendsEveryRequestUntilItIsAcknowledged() throws Exception {
    serve(this::failTwiceThenSucceed);
    Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    try (ReplayClient client = new ReplayClient(config(Duration.ofMinutes(1)))) {
      ReplayResult result =
          client.replay(steps(200), (request, answer) -> acknowledged.add(request.id()));
      assertThat(result.acknowledged()).isEqualTo(200);
      assertThat(result.attempts()).isEqualTo(600);
    }
    assertThat(acknowledged).hasSize(200).isEqualTo(received.keySet());
    assertThat(received.values()).extracting(AtomicInteger::get).containsOnly(3);
  }

  @Test
  void followsWhatTheFirstAnswerSays() throws Exception {
    serve(exchange -> answer(exchange, 200, "copy-7"));
    ReplayStep step =
        new ReplayStep(
            Optional.of(request("first")), answer -> List.of(request(answer.orElseThrow())));
    try (ReplayClient client = new ReplayClient(config(Duration.ofMinutes(1)))) {
      client.replay(List.of(step).iterator(), (request, answer) -> {});
    }
    assertThat(received).containsOnlyKeys("first", "copy-7");
  }

  @Test
  void outlivesARestartOfTheServer() throws Exception {
    serve(exchange -> answer(exchange, 200, "ok"));
    int port = server.getAddress().getPort();
    server.stop(0);
    Thread restart =
        new Thread(
            () -> {
              try {
                server = bind(port);
                serve(exchange -> answer(exchange, 200, "ok"));
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    AtomicInteger acknowledged = new AtomicInteger();
    ReplayConfig config =
        new ReplayConfig(
            URI.create("http://127.0.0.1:" + port),
            4,
            Duration.ofSeconds(5),
            Duration.ofMinutes(1));
    try (ReplayClient client = new ReplayClient(config)) {
      restart.start();
      client.replay(steps(20), (request, answer) -> acknowledged.incrementAndGet());
    }
    restart.join();
    assertThat(acknowledged).hasValue(20);
  }

  @Test
  void givesUpOnARefusalAndSaysWhy() {
    serve(exchange -> answer(exchange, 404, "unknown org"));
    try (ReplayClient client = new ReplayClient(config(Duration.ofMinutes(1)))) {
      assertThatThrownBy(() -> client.replay(steps(50), (request, answer) -> {}))
          .isInstanceOf(ReplayException.class)
          .hasMessageContaining("404 unknown org");
    }
  }

  @Test
  void givesUpWhenItsPatienceIsSpent() {
    serve(exchange -> answer(exchange, 503, "draining"));
    try (ReplayClient client = new ReplayClient(config(Duration.ofMillis(300)))) {
      assertThatThrownBy(() -> client.replay(steps(3), (request, answer) -> {}))
          .isInstanceOf(ReplayException.class)
          .hasMessageContaining("503 draining")
          .hasMessageContaining("does serving run?");
    }
  }

  private void failTwiceThenSucceed(HttpExchange exchange) throws IOException {
    int attempt = received.get(exchange.getRequestHeaders().getFirst("X-Id")).get();
    switch (attempt) {
      case 1 -> answer(exchange, 503, "draining");
      case 2 -> exchange.close();
      default -> answer(exchange, 200, "ok");
    }
  }

  private ReplayConfig config(Duration patience) {
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return new ReplayConfig(uri, 8, Duration.ofSeconds(20), patience);
  }

  private static java.util.Iterator<ReplayStep> steps(int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> ReplayStep.of(List.of(request("r-" + number))))
        .iterator();
  }

  private static ReplayRequest request(String id) {
    return new ReplayRequest(id, "/", body -> Map.of("X-Id", id), id.getBytes(UTF_8));
  }

  private interface Handler {
    void handle(HttpExchange exchange) throws IOException;
  }

  private HttpServer bind(int port) throws IOException {
    HttpServer bound =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    bound.setExecutor(threads);
    return bound;
  }

  private void serve(Handler handler) {
    server.createContext(
        "/",
        exchange -> {
          String id = exchange.getRequestHeaders().getFirst("X-Id");
          assertThat(exchange.getRequestBody().readAllBytes()).isEqualTo(id.getBytes(UTF_8));
          received.computeIfAbsent(id, key -> new AtomicInteger()).incrementAndGet();
          handler.handle(exchange);
        });
    server.start();
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
