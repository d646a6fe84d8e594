package dev.copyloop.landing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.events.landing.Source;
import dev.copyloop.events.landing.WriterMark;
import dev.copyloop.landing.spool.OpenSegment;
import dev.copyloop.landing.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolLandingTest {
  @TempDir Path spool;
  private final Bucket bucket = new Bucket();
  private final ObjectStore store = bucket.store();

  @AfterEach
  void closeStore() {
    store.close();
    bucket.close();
  }

  @Test
  void whatIsLandedIsInTheStoreOnceClosed() throws Exception {
    List<String> ids = IntStream.range(0, 1_000).mapToObj(i -> "event-" + i).toList();
    Landing landing = SpoolLanding.open(Settings.of(spool), store, LandingMetrics.NONE);
    List<CompletableFuture<Void>> futures = new ArrayList<>();
    for (String id : ids) {
      futures.add(landing.land(List.of(Arrivals.cio(id))));
    }
    for (CompletableFuture<Void> future : futures) {
      future.get();
    }
    landing.close();
    assertThat(bucket.eventIds()).containsExactlyElementsOf(ids);
    assertThat(bucket.lines().stream().map(LandingLine::receivedAtMillis)).isSorted();
  }

  @Test
  void eachSourceBecomesAnObjectOfItsOwn() throws Exception {
    try (Landing landing = SpoolLanding.open(Settings.of(spool), store, LandingMetrics.NONE)) {
      landing
          .land(
              List.of(
                  Arrivals.of(Source.GENERATE, "g", "{}"),
                  Arrivals.of(Source.CIO, "c", "{}"),
                  Arrivals.of(Source.EVENTS, "e", "{}")))
          .get();
    }
    assertThat(bucket.landingKeys())
        .hasSize(3)
        .satisfiesOnlyOnce(key -> assertThat(key).startsWith("landing/generate/"))
        .satisfiesOnlyOnce(key -> assertThat(key).startsWith("landing/cio/"))
        .satisfiesOnlyOnce(key -> assertThat(key).startsWith("landing/events/"));
  }

  @Test
  void aLineThatWouldNotBeFoundAgainIsNotAcknowledged() throws Exception {
    String large = "\"" + "x".repeat(OpenSegment.MAX_LINE_BYTES) + "\"";
    try (Landing landing = SpoolLanding.open(Settings.of(spool), store, LandingMetrics.NONE)) {
      assertThat(landing.land(List.of(Arrivals.of(Source.CIO, "large", large))))
          .failsWithin(java.time.Duration.ofSeconds(20))
          .withThrowableOfType(java.util.concurrent.ExecutionException.class)
          .withCauseInstanceOf(IllegalArgumentException.class);
      landing.land(List.of(Arrivals.cio("small"))).get();
    }
    assertThat(bucket.eventIds()).containsExactly("small");
  }

  @Test
  void aClosedLandingSaysThatItIsDrained() throws Exception {
    Landing landing = SpoolLanding.open(Settings.of(spool), store, LandingMetrics.NONE);
    landing.land(List.of(Arrivals.cio("a"))).get();
    landing.close();
    UUID writer = UUID.fromString(Files.readString(spool.resolve("writer")).strip());
    WriterMark mark = bucket.mark(writer);
    assertThat(mark.state()).isEqualTo(WriterMark.State.DRAINED);
    assertThat(mark.sealedThrough().toEpochMilli())
        .isGreaterThanOrEqualTo(bucket.lines().get(0).receivedAtMillis());
    assertThat(landing.state().phase()).isEqualTo(LandingState.Phase.CLOSED);
    assertThat(landing.land(List.of(Arrivals.cio("b"))))
        .failsWithin(java.time.Duration.ofSeconds(1))
        .withThrowableOfType(java.util.concurrent.ExecutionException.class)
        .withCauseInstanceOf(LandingUnavailableException.class);
  }

  @Test
  void recentGivesTheLinesOfOneSourceAlsoAfterARestart() throws Exception {
    for (int start = 0; start < 2; start++) {
      try (Landing landing = SpoolLanding.open(Settings.of(spool), store, LandingMetrics.NONE)) {
        landing.land(List.of(Arrivals.of(Source.GENERATE, "g" + start, "{\"n\":1}"))).get();
        landing.land(List.of(Arrivals.cio("c" + start))).get();
        List<String> recent = new ArrayList<>();
        landing.recent(Source.GENERATE, line -> recent.add(line.eventId()));
        assertThat(recent).isEqualTo(start == 0 ? List.of("g0") : List.of("g0", "g1"));
      }
    }
  }

  @Test
  void oneSpoolTakesOneProcess() throws Exception {
    try (Landing landing = SpoolLanding.open(Settings.of(spool), store, LandingMetrics.NONE)) {
      assertThat(landing.state().accepting()).isTrue();
      assertThatThrownBy(() -> SpoolLanding.open(Settings.of(spool), store, LandingMetrics.NONE))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another process has it")
          .hasMessageContaining("landing.spool.directory");
    }
  }
}
