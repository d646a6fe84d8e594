package dev.copyloop.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.events.lake.LakeLayout;
import dev.copyloop.jobs.attribute.AttributeJob;
import dev.copyloop.jobs.attribute.journey.SampleEvent;
import dev.copyloop.jobs.attribute.journey.SampleGeneration;
import dev.copyloop.jobs.attribute.journey.SampleSettings;
import dev.copyloop.jobs.attribute.table.AttributionTables;
import dev.copyloop.jobs.lake.CommitHook;
import dev.copyloop.jobs.lake.EventsTable;
import dev.copyloop.jobs.lake.LakeTables;
import dev.copyloop.jobs.metrics.MetricsJob;
import dev.copyloop.jobs.metrics.MetricsTables;
import dev.copyloop.jobs.publish.PublishedSpecs;
import dev.copyloop.jobs.run.RunContext;
import dev.copyloop.jobs.run.TestLake;
import dev.copyloop.jobs.run.TimeRange;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attribution and metrics of a night that brought nothing. */
@Tag("slow")
class EmptyNightTest {

  private static final Instant SENT = Instant.parse("2026-11-03T09:00:00Z");

  @TempDir private Path folder;

  /** Fails if anything is committed. */
  private static final class NoCommit implements CommitHook {
    @Override
    public void before(String table) {
      throw new AssertionError("A commit to " + table);
    }

    @Override
    public void after(String table) {}
  }

  private TestLake filled() throws Exception {
    TestLake lake = TestLake.in(folder, SampleSettings.plain());
    Night.land(
        lake,
        List.of(SampleEvent.email("d1", "sent", SENT).journey("j1", "1001", null)),
        List.of(SampleGeneration.of(SampleSettings.MENS, "j1", "u1", SENT.minusSeconds(9))));
    Night.attributedAndMeasured(lake.run());
    return lake;
  }

  @Test
  void commitsNothingStartsNoJobAndKnowsTheContents() throws Exception {
    TestLake lake = filled();
    Map<String, String> hashes = Night.attributedAndMeasured(lake.run());

    RunContext empty = lake.run(TimeRange.ALL, new NoCommit());
    SparkWork work =
        SparkWork.of(() -> assertThat(Night.attributedAndMeasured(empty)).isEqualTo(hashes));

    assertThat(work.jobs()).isZero();
    assertThat(LakeHashes.of(lake.run().tables())).containsAllEntriesOf(hashes);
  }

  @Test
  void joiningFilesIsNoNews() throws Exception {
    TestLake lake = filled();
    Night.land(lake, List.of(SampleEvent.email("d2", "sent", SENT.plusSeconds(1))), List.of());
    Map<String, String> hashes = Night.attributedAndMeasured(lake.run());
    for (var table : PublishedSpecs.FILLED) {
      lake.run().tables().maintenance().joinFiles(table);
    }

    RunContext empty = lake.run(TimeRange.ALL, new NoCommit());
    SparkWork work =
        SparkWork.of(() -> assertThat(Night.attributedAndMeasured(empty)).isEqualTo(hashes));

    assertThat(work.jobs()).isZero();
  }

  @Test
  void aNewTextIsNoNewsForFiguresButATableOfIts() throws Exception {
    filled();
    TestLake lake = TestLake.in(folder, SampleSettings.saying("Another subject"));
    LakeTables tables = lake.run().tables();
    long deliveries = tables.version(AttributionTables.DELIVERIES);
    long figures = tables.version(MetricsTables.DAILY_METRICS);
    long copies = tables.version(MetricsTables.COPIES);

    Night.attributedAndMeasured(lake.run());

    assertThat(tables.version(AttributionTables.DELIVERIES)).isEqualTo(deliveries);
    assertThat(tables.version(MetricsTables.DAILY_METRICS)).isEqualTo(figures);
    assertThat(tables.version(MetricsTables.COPIES)).isGreaterThan(copies);
  }

  @Test
  void whatSomebodyElseWroteIsComputedAnew() throws Exception {
    TestLake lake = filled();
    Map<String, String> hashes = Night.attributedAndMeasured(lake.run());
    RunContext other = lake.run();
    other
        .tables()
        .replaceWhere(
            AttributionTables.DELIVERIES,
            Night.frame(List.of(), AttributionTables.DELIVERIES.schema()),
            "true",
            Optional.empty());

    assertThat(Night.attributedAndMeasured(lake.run())).isEqualTo(hashes);
    assertThat(lake.run().tables().read(AttributionTables.DELIVERIES).count()).isEqualTo(1);
  }

  @Test
  void aMemoryThatWasCutOffIsNone() throws Exception {
    TestLake lake = filled();
    Map<String, String> hashes = Night.attributedAndMeasured(lake.run());
    for (String stage : List.of("attribute", "metrics", "descriptions")) {
      lake.run()
          .bucket()
          .write(LakeLayout.progress(stage), "{\"schema_v".getBytes(StandardCharsets.UTF_8));
    }

    assertThat(Night.attributedAndMeasured(lake.run(TimeRange.ALL, new NoCommit())))
        .isEqualTo(hashes);
  }

  @Test
  void aBackfillComputesEverything() throws Exception {
    TestLake lake = filled();
    RunContext backfill =
        lake.backfill(new TimeRange(Optional.of(SENT), Optional.of(SENT.plusSeconds(3_600))));

    SparkWork work =
        SparkWork.of(
            () -> {
              backfill.run(new AttributeJob());
              backfill.run(new MetricsJob());
            });

    assertThat(work.rowsRead()).isPositive();
    assertThat(backfill.tables().read(EventsTable.SPEC).count()).isEqualTo(1);
  }
}
