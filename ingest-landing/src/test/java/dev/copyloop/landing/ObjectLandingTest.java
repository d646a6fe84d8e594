package dev.copyloop.landing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.copyloop.events.config.ConfigReader;
import dev.copyloop.events.landing.LandingKey;
import dev.copyloop.events.landing.Source;
import dev.copyloop.events.landing.WriterMark;
import dev.copyloop.landing.store.ObjectStore;
import dev.copyloop.landing.store.S3ObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ObjectLandingTest {
  private final Bucket bucket = new Bucket();
  private final CountingMetrics metrics = new CountingMetrics();
  private final List<String> sent = new ArrayList<>();
  private final List<String> acknowledged = new ArrayList<>();
  private FaultProxy proxy;
  private ObjectStore store;

  @BeforeEach
  void startProxy() throws IOException {
    proxy = new FaultProxy(bucket.settings().get("landing.store.endpoint"));
    store =
        S3ObjectStore.open(
            bucket.config(
                "landing.store.endpoint",
                proxy.endpoint(),
                "landing.store.request-timeout",
                "400ms"));
  }

  @AfterEach
  void close() {
    store.close();
    proxy.close();
    bucket.close();
  }

  @Test
  void whatIsAcknowledgedIsInTheStoreAtOnceInFewObjects() throws Exception {
    try (Landing landing = open()) {
      List<CompletableFuture<Void>> futures =
          IntStream.range(0, 500)
              .mapToObj(i -> landing.land(List.of(Arrivals.cio("event-" + i))))
              .toList();
      for (CompletableFuture<Void> future : futures) {
        future.get(10, SECONDS);
      }
      assertThat(bucket.eventIds()).hasSize(500).doesNotHaveDuplicates();
    }
    assertThat(bucket.landingKeys()).hasSizeLessThan(20);
    assertThat(metrics.count("received")).isEqualTo(500);
    assertThat(metrics.count("durable")).isEqualTo(500);
    assertThat(metrics.count("stored lines")).isEqualTo(500);
  }

  @Test
  void eachSourceBecomesAnObjectOfItsOwnUnderTheKeysOfTheSpool() throws Exception {
    try (Landing landing = open()) {
      landing
          .land(
              List.of(
                  Arrivals.of(Source.GENERATE, "g", "{}"),
                  Arrivals.of(Source.CIO, "c", "{}"),
                  Arrivals.of(Source.EVENTS, "e", "{}")))
          .get(10, SECONDS);
    }
    assertThat(bucket.landingKeys())
        .extracting(key -> LandingKey.parse(key).orElseThrow().source())
        .containsExactlyInAnyOrder(Source.values());
  }

  @Test
  void aClosedLandingSaysThatItIsDrained() throws Exception {
    Landing landing = open();
    landing.land(List.of(Arrivals.cio("a"))).get(10, SECONDS);
    landing.close();
    LandingKey key = LandingKey.parse(bucket.landingKeys().get(0)).orElseThrow();
    WriterMark mark = bucket.mark(key.writer());
    assertThat(mark.state()).isEqualTo(WriterMark.State.DRAINED);
    assertThat(mark.sealedThrough().toEpochMilli())
        .isGreaterThanOrEqualTo(bucket.lines().get(0).receivedAtMillis());
    assertThat(landing.state().phase()).isEqualTo(LandingState.Phase.CLOSED);
    assertThat(landing.land(List.of(Arrivals.cio("b"))))
        .failsWithin(Duration.ofSeconds(1))
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(LandingUnavailableException.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"RESET", "ANSWER_LOST", "STALLED"})
  void aFaultThatPassesWhileSomebodyWaitsIsNotNoticed(FaultProxy.Fault fault) throws Exception {
    try (Landing landing = open()) {
      assertThat(landOne(landing, "before")).isNull();
      proxy.shows(fault);
      CompletableFuture<Void> during = landing.land(List.of(Arrivals.cio("during")));
      sent.add("during");
      await().atMost(10, SECONDS).until(() -> proxy.faults() > 0);
      proxy.shows(FaultProxy.Fault.NONE);
      during.get(10, SECONDS);
      acknowledged.add("during");
    }
    assertThat(Tally.of(sent, acknowledged, bucket.eventIds())).matches(Tally::isClean);
  }

  @ParameterizedTest
  @EnumSource(names = {"RESET", "ANSWER_LOST", "STALLED"})
  @Tag("case-10-store-refuses")
  void whileTheStoreIsAwayNothingIsAcknowledgedAndAllIsWellAfter(FaultProxy.Fault fault)
      throws Exception {
    try (Landing landing = open("landing.batch.patience", "700ms")) {
      assertThat(landOne(landing, "before")).isNull();
      proxy.shows(fault);
      LandingUnavailableException refusal = landOne(landing, "during");
      assertThat(refusal.reason()).isEqualTo(LandingUnavailableException.Reason.FAILING);
      assertThat(refusal.retryAfter()).isPositive();
      assertThat(landing.state().phase()).isEqualTo(LandingState.Phase.FAILING);
      assertThat(landing.state().problem()).isPresent();
      proxy.shows(FaultProxy.Fault.NONE);
      await().atMost(10, SECONDS).until(() -> landing.state().accepting());
      assertThat(landOne(landing, "after")).isNull();
    }
    Tally tally = Tally.of(sent, acknowledged, bucket.eventIds());
    assertThat(tally).matches(Tally::isClean);
    assertThat(metrics.count("received"))
        .isEqualTo(metrics.count("durable") + metrics.count("rejected"));
  }

  private Landing open(String... keysAndValues) {
    Map<String, String> values = new TreeMap<>();
    values.put("landing.batch.age", "20ms");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return ObjectLanding.open(
        ObjectLandingConfig.read(ConfigReader.of(values, Map.of())), store, metrics);
  }

  /** Null if it was acknowledged. */
  private LandingUnavailableException landOne(Landing landing, String id) throws Exception {
    sent.add(id);
    try {
      landing.land(List.of(Arrivals.cio(id))).get(10, SECONDS);
      acknowledged.add(id);
      return null;
    } catch (ExecutionException e) {
      return (LandingUnavailableException) e.getCause();
    }
  }
}
