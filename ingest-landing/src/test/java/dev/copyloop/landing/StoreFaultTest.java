package dev.copyloop.landing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.copyloop.events.landing.LandingKey;
import dev.copyloop.events.landing.Source;
import dev.copyloop.landing.spool.SegmentName;
import dev.copyloop.landing.store.ObjectStore;
import dev.copyloop.landing.store.S3ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;

class StoreFaultTest {
  @TempDir Path spool;
  private final Bucket bucket = new Bucket();
  private final CountingMetrics metrics = new CountingMetrics();
  private final List<String> sent = new ArrayList<>();
  private FaultProxy proxy;
  private ObjectStore store;

  @BeforeEach
  void startProxy() throws IOException {
    proxy = new FaultProxy(bucket.settings().get("landing.store.endpoint"));
    store =
        S3ObjectStore.open(
            bucket.config(
                "landing.store.endpoint", proxy.endpoint(), "landing.store.request-timeout", "1s"));
  }

  @AfterEach
  void close() {
    store.close();
    proxy.close();
    bucket.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"RESET", "ANSWER_LOST", "STALLED"})
  void theSpoolAbsorbsAnOutageAndEveryLineArrivesOnce(FaultProxy.Fault fault) throws Exception {
    try (Landing landing = open("landing.segment.age", "50ms")) {
      land(landing, "before");
      await().atMost(30, SECONDS).until(() -> landing.state().pendingSegments() == 0);
      proxy.shows(fault);
      land(landing, "during");
      await().atMost(30, SECONDS).until(() -> metrics.count("store failed") > 0);
      land(landing, "still");
      assertThat(landing.state().problem()).isPresent();
      assertThat(landing.state().accepting()).isTrue();
      proxy.shows(FaultProxy.Fault.NONE);
      await().atMost(30, SECONDS).until(() -> landing.state().pendingSegments() == 0);
      await().atMost(30, SECONDS).until(() -> landing.state().problem().isEmpty());
    }
    assertThat(proxy.faults()).isPositive();
    assertThat(Tally.of(sent, sent, bucket.eventIds())).matches(Tally::isClean);
    assertThat(metrics.count("stored lines")).isEqualTo(sent.size());
    assertThat(metrics.count("conflicts")).isZero();
  }

  @Test
  void whatAnOutageLeftInTheSpoolIsUploadedAfterTheNextStart() throws Exception {
    proxy.shows(FaultProxy.Fault.RESET);
    Landing first = open("landing.drain.grace", "300ms");
    land(first, "first");
    first.close();
    assertThat(bucket.landingKeys()).isEmpty();
    proxy.shows(FaultProxy.Fault.NONE);
    open().close();
    assertThat(Tally.of(sent, sent, bucket.eventIds())).matches(Tally::isClean);
  }

  @Test
  void theSpoolRefusesOnceItsBudgetIsSpentAndTakesAgainAfterTheOutage() throws Exception {
    proxy.shows(FaultProxy.Fault.RESET);
    try (Landing landing = open("landing.spool.budget", "64KiB", "landing.segment.size", "8KiB")) {
      LandingUnavailableException refusal = null;
      for (int i = 0; refusal == null && i < 1_000; i++) {
        refusal = landOne(landing, "event-" + i);
      }
      assertThat(refusal).isNotNull();
      assertThat(refusal.reason()).isEqualTo(LandingUnavailableException.Reason.FULL);
      assertThat(refusal).hasMessageContaining("64KiB");
      assertThat(refusal.retryAfter()).isPositive();
      assertThat(landing.state().pendingBytes()).isLessThanOrEqualTo(64 * 1024);
      proxy.shows(FaultProxy.Fault.NONE);
      await().atMost(30, SECONDS).until(() -> landOne(landing, "after") == null);
    }
    assertThat(Tally.of(sent, sent, bucket.eventIds())).matches(Tally::isClean);
  }

  @Test
  void theLastOfTheBudgetIsForGenerate() throws Exception {
    proxy.shows(FaultProxy.Fault.RESET);
    try (Landing landing = open("landing.spool.budget", "64KiB", "landing.drain.grace", "100ms")) {
      long events = pendingWhenRefused(landing, Source.EVENTS);
      long webhooks = pendingWhenRefused(landing, Source.CIO);
      long generations = pendingWhenRefused(landing, Source.GENERATE);
      assertThat(events).isLessThanOrEqualTo(64 * 1024 * 8 / 10);
      assertThat(webhooks).isGreaterThan(events).isLessThanOrEqualTo(64 * 1024 * 9 / 10);
      assertThat(generations).isGreaterThan(webhooks);
    }
  }

  @Test
  void whatABurstLeavesOfTheBudgetIsForTheOtherOrgs() throws Exception {
    proxy.shows(FaultProxy.Fault.RESET);
    try (Landing landing = open("landing.spool.budget", "64KiB", "landing.segment.size", "8KiB")) {
      assertThat(landOne(landing, Arrivals.of("small", Source.CIO, "small-first", "{}"))).isNull();
      long burst = pendingWhenRefused(landing, Source.GENERATE);
      assertThat(burst).isBetween(64L * 1024 * 8 / 10, 64L * 1024 * 7 / 8);
      assertThat(landOne(landing, Arrivals.of(Source.GENERATE, "more", "{}")).reason())
          .isEqualTo(LandingUnavailableException.Reason.OVER_SHARE);
      assertThat(landing.state().accepting()).isTrue();
      for (int i = 0; i < 5; i++) {
        assertThat(landOne(landing, Arrivals.of("small", Source.GENERATE, "small-" + i, "{}")))
            .isNull();
        assertThat(landOne(landing, Arrivals.of("new", Source.GENERATE, "new-" + i, "{}")))
            .isNull();
      }
      proxy.shows(FaultProxy.Fault.NONE);
      await()
          .atMost(30, SECONDS)
          .until(() -> landOne(landing, Arrivals.of(Source.GENERATE, "after", "{}")) == null);
    }
    assertThat(Tally.of(sent, sent, bucket.eventIds())).matches(Tally::isClean);
  }

  private long pendingWhenRefused(Landing landing, Source source) throws Exception {
    for (int i = 0; i < 1_000; i++) {
      Arrival arrival = Arrivals.of(source, source.label() + i, "{}");
      if (landOne(landing, arrival) != null) {
        return landing.state().pendingBytes();
      }
    }
    throw new AssertionError(source + " is never refused");
  }

  @Test
  void otherContentUnderItsKeyIsAnAlarmAndTheSegmentStays() throws Exception {
    String foreign = "something else";
    proxy.shows(FaultProxy.Fault.RESET);
    Landing first = open("landing.drain.grace", "100ms");
    land(first, "first");
    first.close();
    proxy.shows(FaultProxy.Fault.NONE);
    String key = keyOfTheOnlySegment();
    bucket
        .client()
        .putObject(
            put ->
                put.bucket(bucket.name())
                    .key(key)
                    .metadata(Map.of("sha256", "f".repeat(64), "lines", "1", "schema", "1")),
            RequestBody.fromString(foreign));
    try (Landing second = open()) {
      await().atMost(30, SECONDS).until(() -> second.state().conflicts() == 1);
      assertThat(metrics.count("conflicts")).isEqualTo(1);
      assertThat(second.state().pendingSegments()).isEqualTo(1);
    }
    assertThat(
            bucket
                .client()
                .getObjectAsBytes(get -> get.bucket(bucket.name()).key(key))
                .asString(StandardCharsets.UTF_8))
        .isEqualTo(foreign);
    assertThat(spool.toFile().list((dir, name) -> name.endsWith(".sealed"))).hasSize(1);
  }

  /** The key under which the one sealed segment's lines will be put. */
  private String keyOfTheOnlySegment() throws IOException {
    String[] sealed = spool.toFile().list((dir, name) -> name.endsWith(".sealed"));
    assertThat(sealed).hasSize(1);
    SegmentName name = SegmentName.parse(sealed[0].replace(".sealed", "")).orElseThrow();
    LandingKey key =
        name.objectKey(
            UUID.fromString(Files.readString(spool.resolve("writer")).strip()), Source.CIO);
    return key.key();
  }

  private Landing open(String... settings) throws IOException {
    return SpoolLanding.open(Settings.of(spool, settings), store, metrics);
  }

  private void land(Landing landing, String prefix) throws Exception {
    for (int i = 0; i < 20; i++) {
      assertThat(landOne(landing, prefix + "-" + i)).isNull();
    }
  }

  /** Null if it was acknowledged. */
  private LandingUnavailableException landOne(Landing landing, String id) throws Exception {
    return landOne(landing, Arrivals.cio(id));
  }

  private LandingUnavailableException landOne(Landing landing, Arrival arrival) throws Exception {
    try {
      landing.land(List.of(arrival)).get(30, SECONDS);
      sent.add(arrival.eventId());
      return null;
    } catch (ExecutionException e) {
      return (LandingUnavailableException) e.getCause();
    }
  }
}
