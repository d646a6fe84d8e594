package dev.copyloop.jobs;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.copyloop.events.settings.UserKey;
import dev.copyloop.jobs.attribute.journey.SampleEvent;
import dev.copyloop.jobs.attribute.journey.SampleGeneration;
import dev.copyloop.jobs.attribute.journey.SampleSettings;
import dev.copyloop.jobs.attribute.table.AttributionTables;
import dev.copyloop.jobs.export.ExportJob;
import dev.copyloop.jobs.export.ExportResult;
import dev.copyloop.jobs.lake.GenerationsTable;
import dev.copyloop.jobs.metrics.MetricsTables;
import dev.copyloop.jobs.publish.PublishJob;
import dev.copyloop.jobs.run.JobException;
import dev.copyloop.jobs.run.RunContext;
import dev.copyloop.jobs.run.TestLake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(ComputesOnlyNews.class)
class NightTest {

  private static final Duration WINDOW = Duration.ofDays(1);

  @TempDir private Path folder;

  private TestLake lake(String name) throws Exception {
    return TestLake.in(folder.resolve(name), Model.settings(WINDOW));
  }

  @Test
  @Tag("slow")
  @Tag("case-1-order-and-split")
  @Tag("case-2-increments-make-the-whole")
  void agreesWithTheModelWhateverTheOrderAndTheSplitOfTheLandings() throws Exception {
    History history = History.of(20261103, 150);
    TestLake atOnce = lake("at-once");
    Night.land(atOnce, history.events, history.generations);
    Night whole = Night.run(atOnce);

    TestLake inParts = lake("in-parts");
    List<SampleEvent> events = new ArrayList<>(history.events);
    List<SampleGeneration> generations = new ArrayList<>(history.generations);
    Collections.shuffle(events, new Random(1));
    Collections.shuffle(generations, new Random(2));
    Night.land(inParts, half(events, true), half(generations, false));
    Night.run(inParts);
    Night.land(inParts, half(events, false), half(generations, true));
    Night last = Night.run(inParts);

    assertThat(last.hashes()).isEqualTo(whole.hashes());
    assertAgrees(new Model(history, WINDOW, UserKey.ID), atOnce);
    Night again = Night.run(inParts);
    assertThat(again.written()).isEmpty();
    assertThat(again.hashes()).isEqualTo(whole.hashes());
  }

  @Test
  @Tag("slow")
  void agreesWithTheModelWhereTheOrgsOwnEventsNameAddresses() throws Exception {
    History history = History.of(20261104, 80);
    history.events.stream()
        .filter(event -> event.get("user_id") != null)
        .forEach(event -> event.with("user_id", History.addressOf((String) event.get("user_id"))));
    TestLake lake =
        TestLake.in(
            folder.resolve("addresses"),
            SampleSettings.calledBy(Model.settings(WINDOW), UserKey.EMAIL));
    Night.land(lake, history.events, history.generations);
    Night.run(lake);

    assertAgrees(new Model(history, WINDOW, UserKey.EMAIL), lake);
  }

  private static <T> List<T> half(List<T> rows, boolean first) {
    int middle = rows.size() / 2;
    return first ? rows.subList(0, middle) : rows.subList(middle, rows.size());
  }

  private static void assertAgrees(Model model, TestLake lake) {
    var tables = lake.run().tables();
    Map<String, String> deliveries = new TreeMap<>();
    for (Row row :
        tables
            .read(AttributionTables.DELIVERIES)
            .select("delivery_id", "arm", "reason", "copy_key")
            .collectAsList()) {
      deliveries.put(row.getString(0), row.get(1) + "|" + row.get(2) + "|" + row.get(3));
    }
    assertThat(deliveries).isEqualTo(model.deliveries);

    Map<String, String> credits = new TreeMap<>();
    for (Row row :
        tables
            .read(AttributionTables.ATTRIBUTED_EVENTS)
            .where(col("kind").notEqual("lift"))
            .select(col("event_id"), coalesce(col("delivery_id"), lit("-")))
            .collectAsList()) {
      credits.put(row.getString(0), row.getString(1));
    }
    assertThat(credits).isEqualTo(model.credits);

    Map<String, Long> sends = new TreeMap<>();
    Dataset<Row> byCopy =
        tables
            .read(MetricsTables.DAILY_METRICS)
            .where(col("template_id").isNotNull())
            .groupBy("copy_key")
            .agg(sum(col("sends").plus(col("sends_implied"))));
    byCopy.collectAsList().forEach(row -> sends.put(row.getString(0), row.getLong(1)));
    assertThat(sends).isEqualTo(model.sends());
  }

  @Test
  @Tag("case-8-empty-day")
  void aChangedRowChangesExactlyItsHourAndAnEmptiedHourBecomesAFileWithoutRows() throws Exception {
    TestLake lake = lake("hours");
    Instant nine = Instant.parse("2026-11-03T09:59:59Z");
    Instant ten = Instant.parse("2026-11-03T10:00:00Z");
    SampleGeneration early = SampleGeneration.of(SampleSettings.MENS, "j1", "u1", nine);
    SampleGeneration late = SampleGeneration.of(SampleSettings.MENS, "j2", "u2", ten);
    SampleGeneration test =
        SampleGeneration.of(SampleSettings.MENS, "j3", "u3", ten).with("test", true);
    Night.land(lake, List.of(), List.of(early, late, test));
    assertThat(exportedHours(lake)).containsExactly("2026-11-03T09", "2026-11-03T10");
    assertThat(exportedHours(lake)).isEmpty();

    replaceGenerations(lake, early, late.with("copy_id", SampleSettings.WOMENS));
    assertThat(exportedHours(lake)).containsExactly("2026-11-03T10");

    replaceGenerations(lake, early);
    assertThat(exportedHours(lake)).containsExactly("2026-11-03T10");
    Dataset<Row> emptied = TestLake.spark().read().parquet(hour("hours", "10").toString());
    assertThat(emptied.count()).isZero();
    assertThat(emptied.columns())
        .startsWith(
            "event_timestamp", "user_id", "tracking_id", "copy_id", "template_id", "vars", "attrs");
  }

  @Test
  void anExportPathThatCannotBeWrittenIsNamedAndKeepsNothingElseFromBeingWritten()
      throws Exception {
    TestLake lake = lake("blocked");
    Instant nine = Instant.parse("2026-11-03T09:00:00Z");
    Night.land(
        lake,
        List.of(),
        List.of(
            SampleGeneration.of(SampleSettings.MENS, "j1", "u1", nine),
            SampleGeneration.of(SampleSettings.MENS, "j2", "u2", nine.plusSeconds(3_600))));
    lake.run().run(new PublishJob());
    Path blocked = hour("blocked", "09").getParent();
    Files.createDirectories(blocked.getParent());
    Files.writeString(blocked, "a file where the folder should be");

    assertThatThrownBy(() -> lake.run().run(new ExportJob()))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("generations/2026/11/03/09")
        .hasMessageContaining("Check that");
    assertThat(hour("blocked", "10")).exists();

    Files.delete(blocked);
    // A day without a manifest is written as a whole.
    assertThat(exportedHours(lake)).containsExactly("2026-11-03T09", "2026-11-03T10");
    assertThat(exportedHours(lake)).isEmpty();
  }

  private Path hour(String lake, String hour) {
    return folder.resolve(
        lake + "/exports/acme/generations/2026/11/03/" + hour + "/part-00000.parquet");
  }

  private static List<String> exportedHours(TestLake lake) throws Exception {
    RunContext run = lake.run();
    run.run(new PublishJob());
    ExportResult result = (ExportResult) run.run(new ExportJob());
    return result.datasets().stream()
        .filter(export -> export.dataset().equals("generations"))
        .flatMap(export -> export.written().stream())
        .toList();
  }

  private static void replaceGenerations(TestLake lake, SampleGeneration... generations) {
    RunContext run = lake.run();
    run.tables()
        .replaceWhere(
            GenerationsTable.SPEC,
            Night.frame(
                Arrays.stream(generations).map(SampleGeneration::row).toList(),
                GenerationsTable.SPEC.schema()),
            "true",
            Optional.empty());
    Night.keepLedger(run);
  }
}
