package dev.copyloop.landing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.copyloop.landing.store.ObjectStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DiskFaultTest {
  @TempDir Path spool;
  private final Bucket bucket = new Bucket();
  private final ObjectStore store = bucket.store();
  private final FaultyDisk disk = new FaultyDisk();
  private final CountingMetrics metrics = new CountingMetrics();
  private final List<String> sent = new ArrayList<>();
  private final List<String> acknowledged = new ArrayList<>();

  @AfterEach
  void close() {
    store.close();
    bucket.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"SYNC_FAILS", "FULL"})
  void nothingIsAcknowledgedWhileTheDiskFailsAndAllIsWellAfter(FaultyDisk.Fault fault)
      throws Exception {
    try (Landing landing = open()) {
      land(landing, "before", 50);
      disk.shows(fault);
      assertThatThrownBy(() -> landOne(landing, "during-0"))
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOfSatisfying(
              LandingUnavailableException.class,
              e -> {
                assertThat(e.reason()).isEqualTo(LandingUnavailableException.Reason.FAILING);
                assertThat(e.retryAfter()).isPositive();
                assertThat(e).hasMessageContaining("spool");
              });
      assertThat(landing.state().phase()).isEqualTo(LandingState.Phase.FAILING);
      assertThat(landing.state().problem()).isPresent();
      assertThatThrownBy(() -> landOne(landing, "during-1"))
          .hasRootCauseInstanceOf(Exception.class);
      disk.shows(FaultyDisk.Fault.NONE);
      await().atMost(30, SECONDS).until(() -> landing.state().accepting());
      land(landing, "after", 50);
    }
    Tally tally = Tally.of(sent, acknowledged, bucket.eventIds());
    assertThat(tally).matches(Tally::isClean);
    assertThat(tally.acknowledged()).isEqualTo(100);
    assertThat(metrics.count("syncs failed")).isPositive();
    assertThat(metrics.count("received"))
        .isEqualTo(metrics.count("durable") + metrics.count("rejected"));
  }

  @Test
  void aDiskThatFailsUntilTheEndLosesNothingAcknowledged() throws Exception {
    try (Landing landing = open("landing.drain.grace", "1s")) {
      land(landing, "before", 20);
      disk.shows(FaultyDisk.Fault.SYNC_FAILS);
      assertThatThrownBy(() -> landOne(landing, "during")).isInstanceOf(ExecutionException.class);
    }
    disk.shows(FaultyDisk.Fault.NONE);
    open().close();
    assertThat(Tally.of(sent, acknowledged, bucket.eventIds())).matches(Tally::isClean);
  }

  private Landing open(String... settings) throws Exception {
    return SpoolLanding.open(Settings.of(spool, settings), store, metrics, Clock.systemUTC(), disk);
  }

  private void land(Landing landing, String prefix, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      landOne(landing, prefix + "-" + i);
    }
  }

  private void landOne(Landing landing, String id) throws Exception {
    sent.add(id);
    CompletableFuture<Void> future = landing.land(List.of(Arrivals.cio(id)));
    future.get(10, SECONDS);
    acknowledged.add(id);
  }
}
