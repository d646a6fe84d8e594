package dev.copyloop.landing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.copyloop.events.config.ConfigReader;
import dev.copyloop.landing.FaultProxy.Fault;
import dev.copyloop.landing.store.ObjectStore;
import dev.copyloop.landing.store.S3ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each fault of the store, once and for as long as somebody waits, by where an arrival is
 * acknowledged: what was acknowledged is found once, and nothing else is.
 */
@Tag("slow")
class FaultMatrixTest {
  @TempDir Path spool;
  private final Bucket bucket = new Bucket();
  private final CountingMetrics metrics = new CountingMetrics();
  private final List<String> sent = new ArrayList<>();
  private final List<String> acknowledged = new ArrayList<>();

  /** How long a fault lasts. */
  enum Extent {
    ONCE,
    FOREVER
  }

  static Stream<Arguments> cases() {
    return Arrays.stream(Durability.values())
        .flatMap(
            durability ->
                Arrays.stream(Fault.values())
                    .filter(fault -> fault != Fault.NONE)
                    .flatMap(
                        fault ->
                            Arrays.stream(Extent.values())
                                .map(extent -> Arguments.of(durability, fault, extent))));
  }

  @AfterEach
  void close() {
    bucket.close();
  }

  @ParameterizedTest(name = "{0}: {1} {2}")
  @MethodSource("cases")
  void whatIsAcknowledgedIsFoundOnce(Durability durability, Fault fault, Extent extent)
      throws Exception {
    try (FaultProxy proxy = new FaultProxy(bucket.settings().get("landing.store.endpoint"));
        ObjectStore store = store(proxy);
        Landing landing = open(durability, store)) {
      assertThat(land(landing, "before")).isEqualTo(10);
      proxy.shows(fault, extent == Extent.ONCE ? 1 : Integer.MAX_VALUE);
      int during = land(landing, "during");
      await().atMost(30, SECONDS).until(() -> proxy.faults() > 0);
      proxy.shows(Fault.NONE);
      assertThat(during).isEqualTo(isAbsorbed(durability, fault, extent) ? 10 : 0);
      await().atMost(30, SECONDS).until(() -> landing.state().accepting());
      assertThat(land(landing, "after")).isEqualTo(10);
    }
    Tally tally = Tally.of(sent, acknowledged, bucket.eventIds());
    System.out.printf("%s: %s %s: %s%n", durability, fault, extent, tally);
    assertThat(tally).matches(Tally::isClean);
    assertThat(metrics.count("received"))
        .isEqualTo(metrics.count("durable") + metrics.count("rejected"));
    assertThat(metrics.count("conflicts")).isZero();
  }

  /** The spool outlasts any fault of the store; without one, what passes in time is not noticed. */
  private static boolean isAbsorbed(Durability durability, Fault fault, Extent extent) {
    return durability == Durability.SPOOL || fault == Fault.SLOW || extent == Extent.ONCE;
  }

  private ObjectStore store(FaultProxy proxy) {
    return S3ObjectStore.open(
        bucket.config(
            "landing.store.endpoint", proxy.endpoint(), "landing.store.request-timeout", "700ms"));
  }

  private Landing open(Durability durability, ObjectStore store) throws IOException {
    if (durability == Durability.SPOOL) {
      return SpoolLanding.open(Settings.of(spool, "landing.segment.age", "50ms"), store, metrics);
    }
    Map<String, String> values = new TreeMap<>(Map.of("landing.batch.age", "20ms"));
    return ObjectLanding.open(
        ObjectLandingConfig.read(ConfigReader.of(values, Map.of())), store, metrics);
  }

  /** Lands ten events together; how many of them were acknowledged. */
  private int land(Landing landing, String prefix) throws InterruptedException, TimeoutException {
    Map<String, CompletableFuture<Void>> futures = new TreeMap<>();
    for (int i = 0; i < 10; i++) {
      String id = prefix + "-" + i;
      sent.add(id);
      futures.put(id, landing.land(List.of(Arrivals.cio(id))));
    }
    int before = acknowledged.size();
    for (Map.Entry<String, CompletableFuture<Void>> future : futures.entrySet()) {
      try {
        future.getValue().get(30, TimeUnit.SECONDS);
        acknowledged.add(future.getKey());
      } catch (ExecutionException e) {
        assertThat(e).hasCauseInstanceOf(LandingUnavailableException.class);
      }
    }
    return acknowledged.size() - before;
  }
}
