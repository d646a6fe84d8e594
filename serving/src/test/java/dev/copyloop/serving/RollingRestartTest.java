package dev.copyloop.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.events.landing.Source;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two processes behind a balancer are replaced one after the other under load. */
@Tag("slow")
class RollingRestartTest {
  private static final int PER_SECOND = 1_000;
  private static final int CONNECTIONS = 256;

  /**
   * A machine with other work may stall the balancer, and syncs: neither is what is tested here.
   */
  private static final Map<String, String> PATIENCE =
      Map.of(
          "COPYLOOP_SERVING_DRAIN_DELAY",
          2 * Balancer.LONGEST_PROBE.toSeconds() + "s",
          "COPYLOOP_LANDING_QUEUE_AGE",
          "15s");

  @Test
  void nobodyIsRefusedAndNothingIsLost() throws Exception {
    TestPlace first = TestPlace.create();
    TestPlace second = first.beside();
    try (Balancer balancer = new Balancer()) {
      ServingProcess one = join(first, balancer);
      ServingProcess two = join(second, balancer);
      try {
        one.admin("PUT", "/orgs/acme", "{}");
        awaitOrg(one);
        awaitOrg(two);
        OpenLoop load = new OpenLoop(number -> webhook(balancer.next(), number), CONNECTIONS);
        AtomicBoolean replacing = new AtomicBoolean(true);
        CompletableFuture<Void> running =
            CompletableFuture.runAsync(
                () -> OpenLoop.runWhile(Map.of(load, PER_SECOND), replacing::get));
        balancer.awaitRequests(3 * PER_SECOND);
        one = replace(one, first, balancer);
        balancer.awaitRequests(3 * PER_SECOND);
        two = replace(two, second, balancer);
        balancer.awaitRequests(3 * PER_SECOND);
        replacing.set(false);
        running.get();
        two.process().destroy();
        assertThat(one.terminate()).isZero();
        assertThat(two.terminate()).isZero();
        System.out.println("A rolling restart of two: " + load);
        assertThat(load.answered(200)).as("%s", load).isEqualTo(load.sent());
        assertThat(landed(first)).hasSize((int) load.sent());
      } finally {
        one.kill();
        two.kill();
      }
    }
  }

  private static ServingProcess join(TestPlace place, Balancer balancer) throws IOException {
    ServingProcess process = ServingProcess.start(place, PATIENCE);
    balancer.add(process.uri());
    balancer.awaitReady(process.uri());
    return process;
  }

  /** Until then it would answer 404: settings arrive soon after they were changed elsewhere. */
  private static void awaitOrg(ServingProcess process) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> process.status("GET", "/api/generate/acme", "") == 401);
  }

  /** The old one goes before the new one comes: the other carries all the load meanwhile. */
  private static ServingProcess replace(ServingProcess process, TestPlace place, Balancer balancer)
      throws IOException, InterruptedException {
    assertThat(process.terminate()).isZero();
    balancer.remove(process.uri());
    return join(place, balancer);
  }

  private static HttpRequest webhook(URI target, long number) {
    return HttpRequest.newBuilder(target.resolve("/api/webhook/cio/acme"))
        .timeout(Duration.ofSeconds(20))
        .POST(HttpRequest.BodyPublishers.ofString("{\"event_id\":\"e-" + number + "\"}"))
        .build();
  }

  private static Set<String> landed(TestPlace place) {
    Set<String> ids = new HashSet<>();
    LandedLines.of(place.bucket(), Source.CIO).stream().map(LandingLine::eventId).forEach(ids::add);
    return ids;
  }
}
