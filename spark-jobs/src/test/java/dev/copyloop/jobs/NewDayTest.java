package dev.copyloop.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.events.lake.LakeLayout;
import dev.copyloop.events.settings.Settings;
import dev.copyloop.jobs.attribute.journey.SampleEvent;
import dev.copyloop.jobs.attribute.journey.SampleGeneration;
import dev.copyloop.jobs.attribute.journey.SampleSettings;
import dev.copyloop.jobs.attribute.table.AttributionTables;
import dev.copyloop.jobs.lake.EventsTable;
import dev.copyloop.jobs.lake.TableSpec;
import dev.copyloop.jobs.metrics.MetricsTables;
import dev.copyloop.jobs.run.TestLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A night with one new day on top of others. */
@Tag("slow")
@ExtendWith(ComputesOnlyNews.class)
class NewDayTest {

  private static final Instant FIRST = Instant.parse("2026-10-01T09:00:00Z");
  private static final int DAYS = 12;

  @TempDir private Path folder;

  private final List<SampleEvent> events = new ArrayList<>();
  private final List<SampleGeneration> generations = new ArrayList<>();

  private static Settings settings() {
    return SampleSettings.of(
        ZoneId.of("Europe/Berlin"),
        List.of(
            SampleSettings.template(
                "welcome", SampleSettings.binding("b1", "1", List.of("1001"), List.of("1002")))),
        List.of(SampleSettings.lastTouch("purchase", Duration.ofDays(1))));
  }

  private static Instant day(int number) {
    return FIRST.plus(Duration.ofDays(number));
  }

  private void addDay(int number) {
    Instant at = day(number);
    String user = "u" + number;
    generations.add(SampleGeneration.of(SampleSettings.MENS, "j" + number, user, at));
    events.add(of(number, "sent", at.plusSeconds(5)));
    events.add(of(number, "opened", at.plusSeconds(60)));
    events.add(
        SampleEvent.own("p" + number, "purchase", user, at.plusSeconds(90)).worth("1", "EUR"));
  }

  private static SampleEvent of(int number, String metric, Instant at) {
    return SampleEvent.email("d" + number, metric, at)
        .journey("j" + number, "1001", "u" + number)
        .with("person_cio_id", "c" + number)
        .with("prefetched", metric.equals("opened") ? Boolean.FALSE : null);
  }

  private void land(TestLake lake) {
    Night.land(lake, events, generations);
    events.clear();
    generations.clear();
  }

  @Test
  void readsNothingOfTheDaysThatNothingNewTouches() throws Exception {
    TestLake lake = TestLake.in(folder, settings());
    for (int i = 0; i < DAYS; i++) {
      addDay(i);
    }
    land(lake);
    Night.attributedAndMeasured(lake.run());
    addDay(DAYS);
    events.add(of(DAYS - 1, "opened", day(DAYS).plusSeconds(1)));
    land(lake);
    for (TableSpec table :
        List.of(
            EventsTable.SPEC,
            AttributionTables.ENGAGEMENTS,
            AttributionTables.ATTRIBUTED_EVENTS,
            MetricsTables.DAILY_METRICS,
            MetricsTables.DAILY_CUSTOM_METRICS)) {
      for (int i = 0; i < DAYS - 3; i++) {
        delete(table, LocalDate.ofInstant(day(i), ZoneOffset.UTC));
      }
    }

    Night.attributedAndMeasured(lake.run());

    Row figures =
        lake.run()
            .tables()
            .read(MetricsTables.DAILY_METRICS)
            .where(col("event_date").geq(Date.valueOf("2026-10-12")))
            .agg(sum("sends"), sum("opens"), sum("unique_opens"), sum("assigned"))
            .head();
    assertThat(figures.getLong(0)).isEqualTo(2);
    assertThat(figures.getLong(1)).isEqualTo(3);
    assertThat(figures.getLong(2)).isEqualTo(2);
    assertThat(figures.getLong(3)).isEqualTo(2);
    assertThat(lake.run().tables().read(AttributionTables.DELIVERIES).count()).isEqualTo(DAYS + 1);
  }

  /** Whoever reads the day from now on fails. */
  private void delete(TableSpec table, LocalDate day) throws IOException {
    Path path =
        folder
            .resolve(LakeLayout.table(table.name()))
            .resolve(table.partition().orElseThrow() + "=" + day);
    if (Files.exists(path)) {
      try (Stream<Path> files = Files.list(path)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
    }
  }

  @Test
  void aNewLinkRenamesAPersonsOldDeliveriesAndCreditsTheirEvents() throws Exception {
    TestLake lake = TestLake.in(folder, settings());
    addDay(1);
    addDay(2);
    events.add(
        SampleEvent.email("lead", "sent", day(2))
            .journey("j-lead", "1001", null)
            .with("person_cio_id", "c-lead"));
    events.add(SampleEvent.unsubscribed("left", day(2)).with("person_cio_id", "c-lead"));
    events.add(SampleEvent.own("bought", "purchase", "u-known", day(2).plusSeconds(9)));
    land(lake);
    Night.attributedAndMeasured(lake.run());
    assertThat(value(lake, AttributionTables.DELIVERIES, "delivery_id", "lead", "person"))
        .isEqualTo("cio_id:c-lead");
    assertThat(value(lake, AttributionTables.ATTRIBUTED_EVENTS, "event_id", "bought", "kind"))
        .isEqualTo("none");

    addDay(5);
    events.add(
        SampleEvent.email("known", "sent", day(5))
            .journey("j-known", "1001", "u-known")
            .with("person_cio_id", "c-lead"));
    land(lake);
    Night.assertEqualsARebuild(lake);

    assertThat(value(lake, AttributionTables.DELIVERIES, "delivery_id", "lead", "person"))
        .isEqualTo("u-known");
    assertThat(value(lake, AttributionTables.PERSON_UNSUBSCRIBES, "event_id", "left", "person"))
        .isEqualTo("u-known");
    assertThat(value(lake, AttributionTables.ATTRIBUTED_EVENTS, "event_id", "bought", "kind"))
        .isEqualTo("credit");
  }

  private static String value(
      TestLake lake, TableSpec table, String key, String value, String column) {
    return lake.run()
        .tables()
        .read(table)
        .where(col(key).equalTo(value).and(col(key).isNotNull()))
        .orderBy(col(column))
        .head()
        .getAs(column);
  }
}
