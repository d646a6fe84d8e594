package dev.copyloop.jobs.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.copyloop.embedded.Fixtures;
import dev.copyloop.jobs.lake.EventsTable;
import dev.copyloop.jobs.lake.QuarantineTable;
import dev.copyloop.jobs.run.ExitCode;
import dev.copyloop.jobs.run.JobException;
import dev.copyloop.jobs.run.RunContext;
import dev.copyloop.jobs.run.SettingsSource;
import dev.copyloop.jobs.run.TestLake;
import io.delta.tables.DeltaTable;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseLeaseTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final String END_NOW = "update copyloop.lease set expires_at = now()";

  @TempDir private Path folder;
  private LeaseDatabase database;

  @BeforeEach
  void create() throws Exception {
    database = LeaseDatabase.fresh();
  }

  private Lease acquire(String holder) {
    return DatabaseLease.acquire(database.config(MINUTE, Duration.ZERO), holder, "a test");
  }

  @Test
  void oneRunAtATimeHasItAndTheNextHasAHigherToken() {
    long first;
    try (Lease lease = acquire("a")) {
      first = lease.token().orElseThrow();
      assertThatThrownBy(() -> acquire("b"))
          .isInstanceOfSatisfying(
              JobException.class, busy -> assertThat(busy.exitCode()).isEqualTo(ExitCode.BUSY))
          .hasMessageContaining("run a (a test) holds the lake's lease until");
    }
    try (Lease lease = acquire("b")) {
      assertThat(lease.token().orElseThrow()).isGreaterThan(first);
      assertThat(lease.isTakenOver()).isFalse();
    }
  }

  @Test
  void aRetryTakesOverFromItselfAtOnce() {
    Lease died = acquire("a");
    try (Lease retry = acquire("a")) {
      assertThat(retry.isTakenOver()).isTrue();
      assertThat(retry.token().orElseThrow()).isGreaterThan(died.token().orElseThrow());
      died.close();
      assertThatThrownBy(() -> acquire("b")).hasMessageContaining("run a");
    }
  }

  @Test
  void whoDidNotRenewItInTimeIsTakenOverAndLearnsOfIt() throws Exception {
    Lease slow =
        DatabaseLease.acquire(database.config(Duration.ofSeconds(1), Duration.ZERO), "a", "a test");
    slow.check();
    database.execute(END_NOW);
    try (Lease next = acquire("b")) {
      assertThat(next.isTakenOver()).isTrue();
      awaitLost(slow);
      assertThatThrownBy(slow::check).hasMessageContaining("run b (a test) holds");
    }
  }

  private static void awaitLost(Lease lease) throws Exception {
    CompletableFuture<Void> lost =
        CompletableFuture.runAsync(
            () -> {
              while (true) {
                try {
                  lease.check();
                } catch (JobException e) {
                  return;
                }
                Thread.onSpinWait();
              }
            });
    lost.get(20, TimeUnit.SECONDS);
  }

  @Test
  void waitsForTheRunThatHasIt() throws Exception {
    Lease first = acquire("a");
    CompletableFuture<Lease> second =
        CompletableFuture.supplyAsync(
            () -> DatabaseLease.acquire(database.config(MINUTE, MINUTE), "b", "a test"));
    assertThat(second).isNotDone();
    first.close();
    try (Lease lease = second.get(30, TimeUnit.SECONDS)) {
      assertThatCode(lease::check).doesNotThrowAnyException();
    }
  }

  @Test
  void saysWhatToDoWhereTheTableIsMissing() {
    LeaseConfig config =
        new LeaseConfig(
            Optional.of(
                new SettingsSource.Database(URI.create(Fixtures.postgres().newDatabase().url()))),
            MINUTE,
            Duration.ZERO);
    assertThatThrownBy(() -> DatabaseLease.acquire(config, "a", "a test"))
        .hasMessageContaining("has no table copyloop.lease")
        .hasMessageContaining("it migrates the database");
  }

  @Test
  @Tag("case-6-two-writers")
  void aRunThatLostItCannotWriteATableTheNextOneFencedOrWrote() {
    TestLake lake = TestLake.in(folder);
    Lease slow = acquire("a");
    RunContext sleeper = lake.run(slow);
    sleeper.tables().append(QuarantineTable.SPEC, row("before"), Optional.empty());

    try (Lease next = acquire("a")) {
      RunContext run = lake.run(next);
      run.tables().fence(List.of(QuarantineTable.SPEC, EventsTable.SPEC));
      assertThatThrownBy(
              () -> sleeper.tables().append(QuarantineTable.SPEC, row("late"), Optional.empty()))
          .isInstanceOfSatisfying(
              JobException.class, busy -> assertThat(busy.exitCode()).isEqualTo(ExitCode.BUSY))
          .hasMessageContaining("a later run has the lake's lease");
      run.tables().append(QuarantineTable.SPEC, row("after"), Optional.empty());
      run.tables().append(QuarantineTable.SPEC, row("again"), Optional.empty());
      assertThat(details(run)).containsExactlyInAnyOrder("before", "after", "again");
      long commits =
          DeltaTable.forPath(run.spark(), run.tables().location(EventsTable.SPEC))
              .history()
              .count();
      assertThat(commits).as("created and fenced").isEqualTo(2);
    }
  }

  private static List<String> details(RunContext run) {
    return run.tables().read(QuarantineTable.SPEC).select("detail").collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private static Dataset<Row> row(String detail) {
    Row row =
        RowFactory.create(
            java.sql.Date.valueOf("2026-11-03"),
            "acme",
            "cio",
            "not_json",
            detail,
            null,
            Timestamp.valueOf("2026-11-03 00:00:00"),
            null,
            "landing/x",
            1,
            "compact",
            "1",
            "b",
            null);
    return TestLake.spark().createDataFrame(List.of(row), QuarantineTable.SPEC.schema());
  }
}
