package dev.copyloop.jobs.publish;

import static java.time.temporal.ChronoUnit.HOURS;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.copyloop.events.lake.LakeLayout;
import dev.copyloop.events.settings.Measurement;
import dev.copyloop.jobs.attribute.AttributeJob;
import dev.copyloop.jobs.attribute.journey.SampleSettings;
import dev.copyloop.jobs.attribute.table.AttributionTables;
import dev.copyloop.jobs.compact.CompactJob;
import dev.copyloop.jobs.compact.LandedNights;
import dev.copyloop.jobs.lake.EventsTable;
import dev.copyloop.jobs.lake.Publications;
import dev.copyloop.jobs.lake.RestatementsTable;
import dev.copyloop.jobs.metrics.MetricsJob;
import dev.copyloop.jobs.metrics.MetricsTables;
import dev.copyloop.jobs.run.ExitCode;
import dev.copyloop.jobs.run.JobException;
import dev.copyloop.jobs.run.RunContext;
import dev.copyloop.jobs.run.TestLake;
import dev.copyloop.jobs.run.TimeRange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.Option;

class PublishJobTest {
  @TempDir private Path folder;

  private static void compute(RunContext run) throws Exception {
    run.run(new CompactJob());
    run.run(new AttributeJob());
    run.run(new MetricsJob());
  }

  private static PublishResult publish(RunContext run) throws Exception {
    return (PublishResult) run.run(new PublishJob());
  }

  @Test
  @Tag("slow")
  @Tag("case-12-rerun-after-failed-audit")
  void readersReadWhatPassedItsAuditsAndFinalFiguresAreRestated() throws Exception {
    TestLake lake = TestLake.in(folder, SampleSettings.plain());
    assertThatThrownBy(() -> lake.run().published()).hasMessageContaining("nothing was published");
    LandedNights landings = new LandedNights(folder).land(12);
    compute(lake.run());
    PublishResult first = publish(lake.run());
    assertThat(first.number()).isEqualTo(1);
    assertThat(first.restated()).isZero();
    assertThat(first.audits()).hasSize(4).anyMatch(line -> line.contains("unique keys: all"));
    byte[] json = lake.run().bucket().read(LakeLayout.published(1)).orElseThrow();
    assertThat(new String(json, StandardCharsets.UTF_8)).contains("\"schema_version\" : 1");
    assertThat(publish(lake.run()).changed()).isEmpty();

    landings.land(3);
    compute(lake.run());
    long events = lake.run().tables().read(EventsTable.SPEC).count();
    assertThat(lake.run().published().read(EventsTable.SPEC).count()).isLessThan(events);

    repeatEvents(lake.run());
    assertThatThrownBy(() -> publish(lake.run()))
        .isInstanceOfSatisfying(
            JobException.class,
            failed -> assertThat(failed.exitCode()).isEqualTo(ExitCode.AUDIT_FAILED))
        .hasMessageContaining("reconciliation");
    assertThat(new Publications(lake.run().bucket()).latest().orElseThrow().number()).isEqualTo(1);

    lake.run()
        .tables()
        .replaceWhere(EventsTable.SPEC, events(lake.run(), events), "true", Optional.empty());
    PublishResult second = publish(lake.run());
    assertThat(second.number()).isEqualTo(2);
    assertThat(second.restated()).as("its days were final when state 1 came").isPositive();
    assertRestated(lake.run(), "late");
    assertThat(lake.run().published().read(EventsTable.SPEC).count()).isEqualTo(events);
  }

  /** Doubles the events, as a writer that was not kept out would. */
  private static void repeatEvents(RunContext run) {
    run.tables().append(EventsTable.SPEC, run.tables().read(EventsTable.SPEC), Optional.empty());
  }

  private static Dataset<Row> events(RunContext run, long count) {
    var once = run.tables().read(EventsTable.SPEC).dropDuplicates("date", "source", "event_id");
    assertThat(once.count()).isEqualTo(count);
    return once.localCheckpoint();
  }

  private static void assertRestated(RunContext run, String reason) throws Exception {
    List<Row> rows =
        run.published()
            .read(RestatementsTable.SPEC)
            .where("measure = 'sends'")
            .groupBy("reason")
            .agg(org.apache.spark.sql.functions.expr("sum(after - before)"))
            .collectAsList();
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).getString(0)).isEqualTo(reason);
    assertThat(rows.get(0).getDecimal(1).intValueExact()).isEqualTo(3);
  }

  @Test
  @Tag("slow")
  void aNightWhoseFiguresFallIsNotPublishedButABackfillIs() throws Exception {
    TestLake lake = TestLake.in(folder, SampleSettings.plain());
    new LandedNights(folder).land(12);
    compute(lake.run());
    RunContext run = lake.run();
    var thousandfold =
        run.tables()
            .read(MetricsTables.DAILY_METRICS)
            .selectExpr(columns("deliveries", "deliveries * 1000"));
    run.tables()
        .replaceWhere(
            MetricsTables.DAILY_METRICS, thousandfold.localCheckpoint(), "true", Optional.empty());
    publish(lake.run());
    lake.run().run(new MetricsJob());
    assertThatThrownBy(() -> publish(lake.run())).hasMessageContaining("drift: acme fell from");

    TimeRange all =
        new TimeRange(
            Optional.of(TimeRange.parseBound("2024-03-01")),
            Optional.of(TimeRange.parseBound("2024-04-01")));
    PublishResult backfilled = publish(lake.backfill(all));
    assertThat(backfilled.number()).isEqualTo(2);
    assertThat(backfilled.audits()).anyMatch(line -> line.contains("drift: acme fell from"));
    assertThat(
            lake.run()
                .published()
                .read(RestatementsTable.SPEC)
                .select("reason")
                .distinct()
                .first()
                .getString(0))
        .isEqualTo("backfill");
  }

  @Test
  @Tag("slow")
  void neitherRepeatedKeysNorEngagementsOfNoDeliveryArePublished() throws Exception {
    TestLake lake = TestLake.in(folder, SampleSettings.plain());
    new LandedNights(folder).land(12);
    compute(lake.run());
    RunContext run = lake.run();
    Dataset<Row> deliveries = run.tables().read(AttributionTables.DELIVERIES).localCheckpoint();
    String one = deliveries.selectExpr("min(delivery_id)").first().getString(0);
    Dataset<Row> twice = deliveries.where(col("delivery_id").equalTo(one));
    run.tables().append(AttributionTables.DELIVERIES, twice, Optional.empty());
    assertThatThrownBy(() -> publish(lake.run()))
        .hasMessageContaining("unique keys: deliveries has 1 repeated");

    String engaged =
        run.tables()
            .read(AttributionTables.ENGAGEMENTS)
            .selectExpr("min(delivery_id)")
            .first()
            .getString(0);
    run.tables()
        .replaceWhere(
            AttributionTables.DELIVERIES,
            deliveries.where(col("delivery_id").notEqual(engaged)),
            "true",
            Optional.empty());
    assertThatThrownBy(() -> publish(lake.run()))
        .hasMessageContaining("references: 1 deliveries have engagements only");
  }

  @Test
  @Tag("slow")
  void aStateThatDeltaHasForgottenIsFollowedByOneThatSaysSo() throws Exception {
    TestLake lake = TestLake.in(folder, SampleSettings.plain());
    publish(lake.run());
    addFigures(lake.run(), "first");
    assertThat(publish(lake.run()).restated()).isPositive();
    addFigures(lake.run(), "second");
    forgetVersionsBeforeTheLatest(lake.run());

    PublishResult third = publish(lake.run());
    assertThat(third.number()).isEqualTo(3);
    assertThat(third.restated()).isZero();
    assertThat(third.audits()).anyMatch(line -> line.contains("state 2 of"));
    assertThat(lake.run().published().read(MetricsTables.DAILY_METRICS).count()).isEqualTo(2);
  }

  @Test
  @Tag("slow")
  void aDayIsFinalByTheTimeZoneThatHeldOnIt() throws Exception {
    TestLake lake =
        TestLake.in(
            folder,
            SampleSettings.measuredBy(
                SampleSettings.of(ZoneId.of("Pacific/Kiritimati"), List.of(), List.of()),
                new Measurement(
                    List.of(
                        new Measurement.TimeZoneChange(
                            Instant.EPOCH, ZoneId.of("Pacific/Pago_Pago"))),
                    List.of(),
                    List.of())));
    publish(lake.run());
    // 14 hours ahead of UTC it was final some time ago, 11 behind it will be within a day.
    LocalDate day = Instant.now().minus(10, HOURS).atOffset(ZoneOffset.UTC).toLocalDate();

    addFigures(lake.run(), day.minusDays(7), "open");
    assertThat(publish(lake.run()).restated()).isZero();
    addFigures(lake.run(), day.minusDays(9), "final");
    assertThat(publish(lake.run()).restated()).isPositive();
  }

  /** Adds one row to the daily figures of a day long final. */
  private static void addFigures(RunContext run, String copyKey) {
    addFigures(run, LocalDate.parse("2024-03-04"), copyKey);
  }

  private static void addFigures(RunContext run, LocalDate day, String copyKey) {
    String[] columns =
        Arrays.stream(MetricsTables.DAILY_METRICS.schema().fields())
            .map(field -> value(field, day, copyKey) + " AS " + field.name())
            .toArray(String[]::new);
    run.tables()
        .append(
            MetricsTables.DAILY_METRICS,
            run.spark().range(1).selectExpr(columns),
            Optional.empty());
  }

  private static String value(StructField field, LocalDate day, String copyKey) {
    return switch (field.dataType().typeName()) {
      case "date" -> "DATE'" + day + "'";
      case "string" -> "'" + (field.name().equals("copy_key") ? copyKey : "acme") + "'";
      case "boolean" -> "false";
      case "integer" -> "1";
      default -> "1L";
    };
  }

  /** What Delta does to a log after 30 days. */
  private void forgetVersionsBeforeTheLatest(RunContext run) throws IOException {
    var table =
        DeltaLog.forTableWithSnapshot(
            run.spark(), run.tables().location(MetricsTables.DAILY_METRICS));
    table._1().checkpoint(table._2(), Option.empty());
    Path log = folder.resolve("lake/daily_metrics/_delta_log");
    Files.delete(log.resolve("00000000000000000000.json"));
    Files.delete(log.resolve("00000000000000000001.json"));
    DeltaLog.clearCache();
  }

  private static String[] columns(String name, String expression) {
    return java.util.Arrays.stream(MetricsTables.DAILY_METRICS.schema().fieldNames())
        .map(each -> each.equals(name) ? expression + " AS " + name : each)
        .toArray(String[]::new);
  }
}
