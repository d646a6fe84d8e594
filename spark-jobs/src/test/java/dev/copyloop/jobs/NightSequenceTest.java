package dev.copyloop.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.copyloop.events.settings.CustomMetric;
import dev.copyloop.events.settings.Engagements;
import dev.copyloop.events.settings.Measurement;
import dev.copyloop.events.settings.Settings;
import dev.copyloop.jobs.attribute.journey.SampleSettings;
import dev.copyloop.jobs.lake.CommitHook;
import dev.copyloop.jobs.lake.EventsTable;
import dev.copyloop.jobs.lake.GenerationsTable;
import dev.copyloop.jobs.lake.InternalRows;
import dev.copyloop.jobs.run.RunContext;
import dev.copyloop.jobs.run.TestLake;
import dev.copyloop.jobs.run.TimeRange;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Nights that compute what is new leave what one that computes everything would: after each night
 * of any sequence, everything is computed anew, which must change nothing.
 */
@Tag("slow")
@ExtendWith(ComputesOnlyNews.class)
class NightSequenceTest {

  private static final int NIGHTS = 4;

  @TempDir private Path folder;

  /** Dies before the third commit. */
  private static final class Death implements CommitHook {
    private int commits;

    @Override
    public void before(String table) {
      commits++;
      if (commits == 3) {
        throw new IllegalStateException("killed");
      }
    }

    @Override
    public void after(String table) {}
  }

  @ParameterizedTest
  @CsvSource({"2, 24, 1002", "5, 16, inferred"})
  void equalsARebuildAfterEveryNight(long seed, int journeys, String controls) throws Exception {
    Random random = new Random(seed);
    History history = History.of(seed, journeys);
    Collections.shuffle(history.events, random);
    Collections.shuffle(history.generations, random);
    Duration window = Duration.ofDays(1);
    for (int night = 0; night < NIGHTS; night++) {
      TestLake lake = TestLake.in(folder, settings(window, controls));
      Night.land(lake, part(history.events, night), part(history.generations, night));
      if (night == 1) {
        callOnceMore(lake);
        moveEventsToOtherFiles(lake);
      }
      if (night == NIGHTS - 1) {
        assertThatThrownBy(() -> Night.attributedAndMeasured(lake.run(TimeRange.ALL, new Death())))
            .hasMessageContaining("killed");
        window = Duration.ofHours(5);
      }
      Night.assertEqualsARebuild(TestLake.in(folder, settings(window, controls)));
    }
  }

  /** With metrics of clicks on one page and of opens by machines. */
  private static Settings settings(Duration window, String controls) {
    Settings named = Model.settings(window);
    return SampleSettings.measuredBy(
        controls.equals("inferred") ? leavingControlsOpen(named) : named,
        new Measurement(
            List.of(),
            List.of(
                metric("pricing", Engagements.Kind.CLICKED, Map.of("href_path", "/pricing")),
                metric("scanned", Engagements.Kind.OPENED, Map.of("human_class", "machine"))),
            List.of()));
  }

  /** Whatever comes without a call could be the control, until the call is there. */
  private static Settings leavingControlsOpen(Settings settings) {
    return SampleSettings.of(
        settings.orgs().get(0).timeZone(),
        List.of(
            SampleSettings.template(
                "welcome", SampleSettings.binding("b1", "1", List.of("1001"), List.of()))),
        settings.orgs().get(0).rules());
  }

  private static CustomMetric metric(String id, Engagements.Kind kind, Map<String, String> where) {
    return new CustomMetric(
        id,
        1,
        new Engagements(kind),
        where,
        CustomMetric.Aggregate.UNIQUE,
        Duration.ofHours(20),
        CustomMetric.Direction.INCREASE,
        CustomMetric.Role.NONE);
  }

  private static <T> List<T> part(List<T> rows, int night) {
    return rows.subList(rows.size() * night / NIGHTS, rows.size() * (night + 1) / NIGHTS);
  }

  /** As compact writes a generation that was answered again: its whole day anew. */
  private static void callOnceMore(TestLake lake) {
    RunContext run = lake.run();
    LocalDate day = run.tables().days(GenerationsTable.SPEC).first();
    Dataset<Row> rows = run.tables().readDays(GenerationsTable.SPEC, List.of(day));
    String one = rows.orderBy("generation_id").first().getAs("generation_id");
    run.tables()
        .replaceDays(
            GenerationsTable.SPEC,
            InternalRows.of(
                rows.withColumn(
                        "calls", col("calls").plus(col("generation_id").equalTo(one).cast("int")))
                    .localCheckpoint()),
            List.of(day),
            Optional.empty());
  }

  /** As compact writes a better line of a known event: its whole day anew. */
  private static void moveEventsToOtherFiles(TestLake lake) {
    RunContext run = lake.run();
    LocalDate day = run.tables().days(EventsTable.SPEC).first();
    run.tables()
        .replaceDays(
            EventsTable.SPEC,
            InternalRows.of(
                run.tables()
                    .readDays(EventsTable.SPEC, List.of(day))
                    .withColumn("landing_object", lit("landing/another"))
                    .localCheckpoint()),
            List.of(day),
            Optional.empty());
  }
}
