package dev.copyloop.landing;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.copyloop.events.landing.LandingKey;
import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.events.landing.Source;
import dev.copyloop.landing.store.ObjectStore;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/** When segments are sealed, how long they are kept, and what their lines say of time. */
class SegmentLifeTest {
  @TempDir Path spool;
  private final Bucket bucket = new Bucket();
  private final ObjectStore store = bucket.store();
  private final CountingMetrics metrics = new CountingMetrics();
  private final MutableClock clock = new MutableClock("2026-01-02T03:59:59.900Z");

  @AfterEach
  void close() {
    store.close();
    bucket.close();
  }

  @Test
  void anObjectHoldsOneReceivedHour() throws Exception {
    try (Landing landing = open()) {
      land(landing, "a");
      clock.set("2026-01-02T04:00:00.000Z");
      land(landing, "b");
      land(landing, "c");
    }
    assertThat(hours())
        .containsExactlyInAnyOrder(
            Instant.parse("2026-01-02T03:00:00Z"), Instant.parse("2026-01-02T04:00:00Z"));
    assertThat(bucket.lines())
        .extracting(line -> line.eventId() + " " + Instant.ofEpochMilli(line.receivedAtMillis()))
        .containsExactly(
            "a 2026-01-02T03:59:59.900Z", "b 2026-01-02T04:00:00Z", "c 2026-01-02T04:00:00Z");
  }

  @Test
  void anIdleWriterClosesItsSegmentWhenTheHourIsOver() throws Exception {
    try (Landing landing = open()) {
      land(landing, "a");
      clock.set("2026-01-02T04:00:00.000Z");
      await().atMost(30, SECONDS).until(() -> landing.state().pendingSegments() == 0);
      assertThat(bucket.landingKeys()).hasSize(1);
      assertThat(landing.state().sealedThrough()).isEqualTo(clock.instant());
    }
  }

  @Test
  void receivedAtNeverGoesBackWithTheClock() throws Exception {
    try (Landing landing = open()) {
      land(landing, "a");
      clock.set("2026-01-01T00:00:00Z");
      land(landing, "b");
    }
    try (Landing landing = open()) {
      land(landing, "c");
    }
    List<LandingLine> lines = bucket.lines();
    assertThat(lines).hasSize(3);
    assertThat(lines)
        .extracting(line -> Instant.ofEpochMilli(line.receivedAtMillis()))
        .containsOnly(Instant.parse("2026-01-02T03:59:59.900Z"));
  }

  @Test
  void receivedAtNeverGoesBackAlsoWhenEverySegmentIsGone() throws Exception {
    try (Landing landing = open("landing.segment.retention", "0s", "landing.segment.age", "10ms")) {
      land(landing, "a");
      await().atMost(30, SECONDS).until(() -> spoolFiles(".sealed") + spoolFiles(".open") == 0);
    }
    clock.set("2026-01-01T00:00:00Z");
    try (Landing landing = open()) {
      land(landing, "b");
    }
    assertThat(bucket.lines())
        .extracting(line -> Instant.ofEpochMilli(line.receivedAtMillis()))
        .containsOnly(Instant.parse("2026-01-02T03:59:59.900Z"));
  }

  @Test
  void aSegmentIsSealedWhenItIsLargeEnough() throws Exception {
    try (Landing landing = open("landing.segment.size", "4KiB", "landing.segment.age", "1h")) {
      for (int i = 0; i < 100; i++) {
        land(landing, "event-" + i);
      }
      await().atMost(30, SECONDS).until(() -> bucket.landingKeys().size() >= 5);
    }
    assertThat(bucket.eventIds())
        .containsExactlyElementsOf(IntStream.range(0, 100).mapToObj(i -> "event-" + i).toList());
  }

  @Test
  void aSegmentIsSealedWhenItIsOldEnough() throws Exception {
    try (Landing landing = open("landing.segment.age", "50ms")) {
      land(landing, "a");
      // The store has the object before the spool knows.
      await().atMost(30, SECONDS).until(() -> landing.state().retainedBytes() > 0);
      assertThat(bucket.landingKeys()).hasSize(1);
    }
  }

  @Test
  void aSegmentWhoseFileGrowsGivesWayToAPreparedOneWhenTheRateFalls() throws Exception {
    try (Landing landing = open("landing.segment.size", "64KiB", "landing.segment.age", "1h")) {
      for (int i = 0; i < 50; i++) {
        land(landing, "event-" + i);
      }
      await().atMost(30, SECONDS).until(() -> bucket.landingKeys().size() == 1);
      land(landing, "event-50");
      assertThat(spoolFiles(".open")).isEqualTo(1);
    }
    assertThat(bucket.eventIds()).hasSize(51).doesNotHaveDuplicates();
  }

  @Test
  void anIdleSpoolMakesNoObjects() throws Exception {
    open("landing.segment.age", "10ms").close();
    open("landing.segment.age", "10ms").close();
    assertThat(bucket.landingKeys()).isEmpty();
    assertThat(spoolFiles(".open") + spoolFiles(".sealed")).isZero();
  }

  @Test
  void aStoredSegmentIsKeptForItsTimeAndThenDeleted() throws Exception {
    try (Landing landing = open("landing.segment.age", "10ms", "landing.mark.interval", "20ms")) {
      land(landing, "a");
      await().atMost(30, SECONDS).until(() -> spoolFiles(".stored") == 1);
      clock.set("2026-01-03T03:59:59Z");
      land(landing, "b");
      await().atMost(30, SECONDS).until(() -> bucket.landingKeys().size() == 2);
      assertThat(spoolFiles(".sealed")).isEqualTo(2);
      clock.set("2026-01-03T04:00:01Z");
      await().atMost(30, SECONDS).until(() -> spoolFiles(".sealed") == 1);
      assertThat(bucket.eventIds()).containsExactly("a", "b");
    }
  }

  @Test
  void anObjectThatTheStoreHasLostIsPutAgainAtTheNextStart() throws Exception {
    try (Landing landing = open()) {
      land(landing, "a");
    }
    String key = bucket.landingKeys().get(0);
    byte[] before = bucket.gunzipped(key);
    bucket.client().deleteObject(delete -> delete.bucket(bucket.name()).key(key));
    try (Landing landing = open()) {
      await().atMost(30, SECONDS).until(() -> bucket.landingKeys().equals(List.of(key)));
      assertThat(landing.state().conflicts()).isZero();
    }
    assertThat(bucket.gunzipped(key)).isEqualTo(before);
  }

  @Test
  void anObjectThatTheStoreHasChangedIsAnAlarmAndItsSegmentIsKept() throws Exception {
    try (Landing landing = open()) {
      land(landing, "a");
    }
    String key = bucket.landingKeys().get(0);
    bucket
        .client()
        .putObject(
            put ->
                put.bucket(bucket.name())
                    .key(key)
                    .metadata(Map.of("sha256", "f".repeat(64), "lines", "1", "schema", "1")),
            RequestBody.fromString("something else"));
    clock.set("2026-02-02T03:00:00Z");
    try (Landing landing = open()) {
      await().atMost(30, SECONDS).until(() -> landing.state().conflicts() == 1);
      assertThat(spoolFiles(".sealed")).isEqualTo(1);
    }
  }

  @Test
  void theOldestStoredSegmentsMakeRoomWhenTheBudgetNeedsIt() throws Exception {
    String body = "{\"text\":\"" + "x".repeat(1_500) + "\"}";
    try (Landing landing = open("landing.segment.size", "4KiB", "landing.spool.budget", "32KiB")) {
      for (int i = 0; i < 60; i++) {
        landing.land(List.of(Arrivals.of(Source.CIO, "event-" + i, body))).get(30, SECONDS);
        await()
            .pollInterval(5, MILLISECONDS)
            .until(() -> landing.state().pendingBytes() < 16 * 1024);
      }
      await()
          .until(
              () -> landing.state().pendingBytes() + landing.state().retainedBytes() <= 32 * 1024);
    }
    assertThat(bucket.eventIds()).hasSize(60).doesNotHaveDuplicates();
    assertThat(spoolFiles(".sealed")).isLessThan(20);
  }

  @Test
  void countersAddUp() throws Exception {
    try (Landing landing = open()) {
      for (int i = 0; i < 50; i++) {
        land(landing, "event-" + i);
      }
    }
    assertThat(metrics.count("received")).isEqualTo(50);
    assertThat(metrics.count("durable")).isEqualTo(50);
    assertThat(metrics.count("rejected")).isZero();
    assertThat(metrics.count("stored lines")).isEqualTo(50);
    assertThat(metrics.count("syncs")).isBetween(1L, 50L);
  }

  private Landing open(String... settings) throws IOException {
    return SpoolLanding.open(
        Settings.of(spool, settings), store, metrics, clock, FileChannel::open);
  }

  private static void land(Landing landing, String id) throws Exception {
    landing.land(List.of(Arrivals.cio(id))).get(30, SECONDS);
  }

  private List<Instant> hours() {
    return bucket.landingKeys().stream()
        .map(key -> LandingKey.parse(key).orElseThrow().hour())
        .toList();
  }

  private int spoolFiles(String suffix) {
    String[] names = spool.toFile().list((dir, name) -> name.endsWith(suffix));
    return names == null ? 0 : names.length;
  }
}
