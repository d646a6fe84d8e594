package dev.copyloop.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.embedded.Fixtures;
import dev.copyloop.events.config.ConfigReader;
import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.events.landing.Source;
import dev.copyloop.landing.LandingOpener;
import dev.copyloop.landing.store.S3ObjectStore;
import dev.copyloop.landing.store.S3StoreConfig;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** More comes than a slow store takes: who is refused, and what the others still get. */
@Tag("slow")
class OverloadTest {
  private static final Duration CALM = Duration.ofSeconds(4);
  private static final Duration STORM = Duration.ofSeconds(6);
  private static final Duration LONG_STORM = Duration.ofSeconds(12);

  /** What the landing counts for a line beside its body. */
  private static final int ENVELOPE_BYTES = 512;

  private static final String EVENT =
      "{\"name\":\"purchase\",\"user_id\":\"7\",\"timestamp\":1750000000}";

  @Test
  void generateIsRefusedLastAndTheStoreStaysBusy() throws IOException {
    TestPlace place = TestPlace.create();
    URI endpoint = URI.create(Fixtures.storage().endpoint());
    try (TcpProxy storage = new TcpProxy(endpoint.getHost(), endpoint.getPort());
        TestServer server = start(place, storage)) {
      TestOrg org = TestOrg.createWithVariants(server, "acme");
      storage.delaysAnswers(Duration.ofMillis(200));
      double capacity = bytesPerSecond(place, CALM, () -> webhooksAtCapacity(server, org));

      OpenLoop generate = generate(server, org);
      OpenLoop webhooks = webhooks(server, org);
      OpenLoop events = events(server, org);
      double goodput =
          bytesPerSecond(
              place,
              STORM,
              () -> OpenLoop.run(Map.of(generate, 8, webhooks, 90, events, 220), STORM));
      System.out.printf(
          "Capacity %.0f bytes/s, at five times the load %.0f; generate %s; webhooks %s; events"
              + " %s%n",
          capacity, goodput, generate, webhooks, events);

      assertThat(generate.answered(200)).isEqualTo(generate.sent());
      assertThat(webhooks.refusedShare()).isBetween(0.05, 0.8);
      assertThat(events.refusedShare()).isGreaterThan(0.8);
      assertThat(webhooks.answered(200) + webhooks.answered(503)).isEqualTo(webhooks.sent());
      assertThat(events.answered(200) + events.answered(503)).isEqualTo(events.sent());
      assertThat(goodput).isGreaterThan(0.9 * capacity);
      assertCountersAddUp(server);
      Awaitility.await()
          .atMost(Duration.ofSeconds(5))
          .untilAsserted(() -> assertThat(post(server, org)).isEqualTo(200));
    }
  }

  @Test
  void anotherOrgsBurstIsNotNoticed() throws IOException {
    TestPlace place = TestPlace.create();
    URI endpoint = URI.create(Fixtures.storage().endpoint());
    try (TcpProxy storage = new TcpProxy(endpoint.getHost(), endpoint.getPort());
        TestServer server = start(place, storage)) {
      TestOrg large = TestOrg.createWithVariants(server, "large");
      TestOrg small = TestOrg.createWithVariants(server, "small");
      storage.delaysAnswers(Duration.ofMillis(200));
      OpenLoop burst = webhooks(server, large);
      OpenLoop burstOfCalls = generate(server, large);
      OpenLoop webhooks = webhooks(server, small);
      OpenLoop calls = generate(server, small);
      OpenLoop events = events(server, small);
      OpenLoop.run(
          Map.of(burst, 400, burstOfCalls, 150, webhooks, 4, calls, 2, events, 3), LONG_STORM);
      System.out.printf(
          "A burst of webhooks %s and calls %s; beside it webhooks %s, calls %s, events %s%n",
          burst, burstOfCalls, webhooks, calls, events);

      for (OpenLoop modest : List.of(webhooks, calls, events)) {
        assertThat(modest.answered(200)).isGreaterThanOrEqualTo((long) (0.99 * modest.sent()));
      }
      assertThat(burst.refusedShare()).isGreaterThan(0.5);
      assertThat(server.get("/metrics").body())
          .containsPattern("copyloop_landing_rejected_lines_total\\{reason=\"over_share\"} [1-9]");
      assertCountersAddUp(server);
    }
  }

  /** About as much as the store takes, so that next to nothing is refused. */
  private static void webhooksAtCapacity(TestServer server, TestOrg org) {
    OpenLoop.run(Map.of(webhooks(server, org), 90), CALM);
  }

  private static OpenLoop webhooks(TestServer server, TestOrg org) {
    return new OpenLoop(server.uri(TestOrg.CIO + org.slug()), "{\"event_id\":\"e\"}");
  }

  private static OpenLoop generate(TestServer server, TestOrg org) {
    return new OpenLoop(
        server.uri("/api/generate/" + org.slug()),
        "{\"template_id\":\"welcome\"}",
        "X-Api-Key",
        org.key());
  }

  private static OpenLoop events(TestServer server, TestOrg org) {
    return new OpenLoop(
        server.uri("/api/webhook/events/" + org.slug()), EVENT, "X-Api-Key", org.key());
  }

  private static int post(TestServer server, TestOrg org) {
    return server.post("/api/webhook/events/acme", EVENT, "X-Api-Key", org.key()).statusCode();
  }

  /** At rest nothing is in flight: every line is either durable, hence stored, or refused. */
  private static void assertCountersAddUp(TestServer server) {
    double received = sum(server, "copyloop_landing_received_lines_total");
    double rejected = sum(server, "copyloop_landing_rejected_lines_total");
    assertThat(sum(server, "copyloop_landing_durable_lines_total") + rejected).isEqualTo(received);
    assertThat(sum(server, "copyloop_landing_stored_lines_total") + rejected).isEqualTo(received);
    assertThat(rejected).isPositive();
  }

  /** A counter's sum over its labels. */
  private static double sum(TestServer server, String counter) {
    return server
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(counter))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** What became durable meanwhile, by the landing's own measure. */
  private static double bytesPerSecond(TestPlace place, Duration time, Runnable load) {
    long before = landedBytes(place);
    load.run();
    return (double) (landedBytes(place) - before) / time.toSeconds();
  }

  private static long landedBytes(TestPlace place) {
    return List.of(Source.values()).stream()
        .flatMap(source -> LandedLines.of(place.bucket(), source).stream())
        .map(LandingLine::body)
        .mapToLong(body -> body.bytes().length + ENVELOPE_BYTES)
        .sum();
  }

  /** Puts one small batch at a time, so that the store's delay bounds what can be landed. */
  private static TestServer start(TestPlace place, TcpProxy storage) throws IOException {
    ConfigReader settings =
        ConfigReader.of(
            Map.of(
                "landing.durability", "object",
                "landing.queue.size", "48KiB",
                "landing.batch.age", "1ms",
                "landing.batch.size", "16KiB",
                "landing.batch.puts", "1",
                "landing.batch.patience", "10s",
                "landing.mark.interval", "10m"),
            Map.of());
    S3StoreConfig store = place.store("http://127.0.0.1:" + storage.port(), Duration.ofSeconds(5));
    return TestServer.start(place, S3ObjectStore.open(store), LandingOpener.read(settings));
  }
}
