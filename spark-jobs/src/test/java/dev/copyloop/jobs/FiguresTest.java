package dev.copyloop.jobs;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.events.settings.AttributionRule;
import dev.copyloop.events.settings.CustomMetric;
import dev.copyloop.events.settings.Engagements;
import dev.copyloop.events.settings.Experiment;
import dev.copyloop.events.settings.Measurement;
import dev.copyloop.events.settings.Settings;
import dev.copyloop.jobs.attribute.journey.SampleEvent;
import dev.copyloop.jobs.attribute.journey.SampleGeneration;
import dev.copyloop.jobs.attribute.journey.SampleSettings;
import dev.copyloop.jobs.attribute.preview.PreviewJob;
import dev.copyloop.jobs.attribute.preview.PreviewResult;
import dev.copyloop.jobs.attribute.table.AttributionTables;
import dev.copyloop.jobs.metrics.MetricsTables;
import dev.copyloop.jobs.report.PersonFigures;
import dev.copyloop.jobs.report.PersonReport;
import dev.copyloop.jobs.report.PersonsJob;
import dev.copyloop.jobs.report.TieOut;
import dev.copyloop.jobs.report.TieOutJob;
import dev.copyloop.jobs.run.TestLake;
import dev.copyloop.jobs.run.TimeRange;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two days of three people and a tester: ann gets the men's copy twice (a resend) and the women's a
 * day later, bob is control, carl unsubscribes from everything.
 */
@Tag("slow")
class FiguresTest {

  private static final Instant FIRST = Instant.parse("2026-11-03T09:00:00Z");
  private static final Instant SECOND = FIRST.plus(Duration.ofDays(1));
  private static final List<SampleEvent> EVENTS = new ArrayList<>();

  @TempDir private static Path folder;
  private static TestLake lake;

  @BeforeAll
  static void runANight() throws Exception {
    send("d1", "j1", "1001", "ann", FIRST);
    send("d2", "j1", "1001", "ann", FIRST.plusSeconds(60));
    send("d3", "j2", "1001", "ann", SECOND);
    send("d4", "j3", "1002", "bob", FIRST);
    send("d5", "j4", "1001", "staff", FIRST);
    engage("d1", "j1", "ann", "opened", FIRST.plusSeconds(100), false);
    engage("d2", "j1", "ann", "opened", FIRST.plusSeconds(200), false);
    engage("d3", "j2", "ann", "opened", SECOND.plusSeconds(100), true);
    engage("d5", "j4", "staff", "opened", FIRST.plusSeconds(100), false);
    EVENTS.add(
        SampleEvent.own("p1", "purchase", "ann", SECOND.plusSeconds(3_600))
            .worth("10.00", "USD")
            .with("properties", "{\"plan\":\"pro\"}"));
    EVENTS.add(
        SampleEvent.own("p2", "purchase", "bob", FIRST.plusSeconds(7_200))
            .worth("5.00", "USD")
            .with("properties", "{\"plan\":\"free\"}"));
    EVENTS.add(
        SampleEvent.unsubscribed("x1", SECOND)
            .with("person_id", "carl")
            .with("person_email", "Carl@Example.com"));
    lake = TestLake.in(folder, settings());
    Night.land(
        lake,
        EVENTS,
        List.of(
            SampleGeneration.of(SampleSettings.MENS, "j1", "ann", FIRST.minusSeconds(5)),
            SampleGeneration.of(SampleSettings.WOMENS, "j2", "ann", SECOND.minusSeconds(5))));
    Night.run(lake);
  }

  private static Settings settings() {
    CustomMetric pro =
        new CustomMetric(
            "pro-orders",
            1,
            new CustomMetric.OwnEvents("purchase"),
            Map.of("plan", "pro"),
            CustomMetric.Aggregate.SUM,
            Duration.ofDays(7),
            CustomMetric.Direction.INCREASE,
            CustomMetric.Role.GUARDRAIL);
    CustomMetric opens =
        new CustomMetric(
            "opened-by-people",
            1,
            new Engagements(Engagements.Kind.OPENED),
            Map.of("human_class", "human"),
            CustomMetric.Aggregate.UNIQUE,
            Duration.ofDays(7),
            CustomMetric.Direction.INCREASE,
            CustomMetric.Role.KEY);
    return SampleSettings.measuredBy(
        SampleSettings.plain(),
        new Measurement(
            List.of(),
            List.of(pro, opens),
            List.of(
                experiment(FIRST, "0.1"),
                experiment(FIRST.plusSeconds(9), "0.10"),
                experiment(SECOND, "0.2"))));
  }

  private static Experiment experiment(Instant from, String share) {
    return new Experiment(
        "welcome",
        from,
        new BigDecimal(share),
        "purchase",
        new BigDecimal("0.05"),
        new BigDecimal("0.05"),
        5_000);
  }

  private static void send(String id, String journey, String action, String user, Instant at) {
    EVENTS.add(SampleEvent.email(id, "sent", at).journey(journey, action, user));
  }

  private static void engage(
      String id, String journey, String user, String metric, Instant at, boolean machine) {
    EVENTS.add(
        SampleEvent.email(id, metric, at)
            .journey(journey, "1001", user)
            .with("prefetched", machine));
  }

  private static TimeRange days(String from, String to) {
    return new TimeRange(
        Optional.of(TimeRange.parseBound(from)), Optional.of(TimeRange.parseBound(to)));
  }

  @Test
  void aPersonOfTwoCopiesAndTwoDaysIsOnePerson() throws Exception {
    PersonReport both =
        (PersonReport) lake.run(days("2026-11-03", "2026-11-05")).run(new PersonsJob("acme"));
    Map<String, PersonFigures> figures = new TreeMap<>();
    both.figures().forEach(each -> figures.put(each.templateId() + " " + each.copyKey(), each));

    assertThat(both.figures().get(0).templateId()).isNull();
    assertThat(both.figures().get(0).sent()).isEqualTo(2);
    assertThat(figures.get("welcome " + SampleSettings.MENS).sent()).isEqualTo(1);
    assertThat(figures.get("welcome " + SampleSettings.WOMENS).sent()).isEqualTo(1);
    assertThat(figures.get("welcome " + SampleSettings.WOMENS).ofSent().opened()).isEqualTo(1);
    assertThat(figures.get("welcome " + SampleSettings.WOMENS).ofSent().openedHuman()).isZero();
    assertThat(figures.get("welcome control").rules().get(0).credited()).isEqualTo(1);
    assertThat(both.withoutPerson()).isZero();
  }

  @Test
  void theSecondDayAloneKnowsOnlyItsOwnPeople() throws Exception {
    PersonReport second =
        (PersonReport) lake.run(days("2026-11-04", "2026-11-05")).run(new PersonsJob("acme"));

    assertThat(second.figures().get(0).sent()).isEqualTo(1);
    assertThat(second.figures()).noneMatch(each -> "control".equals(each.copyKey()));
  }

  @Test
  void whatCustomerIoCountsIsExplainedToTheLastDelivery() throws Exception {
    TieOut tieOut =
        (TieOut)
            lake.run(days("2026-11-03", "2026-11-04")).run(new TieOutJob("acme", Optional.of("1")));
    Map<String, TieOut.Difference> differences = new TreeMap<>();
    tieOut.differences().forEach(each -> differences.put(each.name(), each));
    TieOut.ActionDay message =
        tieOut.actions().stream()
            .filter(day -> day.action().equals("1001"))
            .findFirst()
            .orElseThrow();

    assertThat(message.theirs()).containsEntry("sent", 3L).containsEntry("opened", 3L);
    assertThat(message.ours()).containsEntry("sends", 1L).containsEntry("unique_opens", 1L);
    assertThat(differences.get("resent").sent()).isEqualTo(1);
    assertThat(differences.get("resent").opened()).isEqualTo(1);
    assertThat(differences.get("test").opened()).isEqualTo(1);
    assertThat(String.join("\n", tieOut.summary())).contains("Why ours differ");
  }

  @Test
  void previewShowsWhatAShorterWindowWouldCreditAndWritesNothing() throws Exception {
    AttributionRule hour =
        new AttributionRule(
            "purchase",
            1,
            "purchase",
            AttributionRule.Touch.SEND,
            AttributionRule.Model.LAST,
            Duration.ofMinutes(90));
    Map<String, Long> before = versions();

    PreviewResult preview =
        (PreviewResult)
            lake.run(days("2026-11-03", "2026-11-05")).run(new PreviewJob("acme", hour));

    Map<String, PreviewResult.Copy> copies = new TreeMap<>();
    preview.copies().forEach(each -> copies.put(each.templateId() + " " + each.copyKey(), each));
    assertThat(preview.currentVersion()).isEqualTo(1);
    assertThat(preview.proposedVersion()).isEqualTo(2);
    PreviewResult.Copy control = copies.get("welcome control");
    assertThat(control.current().value()).isEqualByComparingTo("5");
    assertThat(control.proposed().events()).isEqualByComparingTo("0");
    assertThat(copies.get("null unknown").proposed().value()).isEqualByComparingTo("5");
    assertThat(versions()).isEqualTo(before);
  }

  private static Map<String, Long> versions() {
    Map<String, Long> rows = new TreeMap<>();
    var tables = lake.run().tables();
    rows.put("attributed", tables.read(AttributionTables.ATTRIBUTED_EVENTS).count());
    rows.put("custom", tables.read(MetricsTables.DAILY_CUSTOM_METRICS).count());
    return rows;
  }

  @Test
  void aCustomMetricIsSummedOverExposedPeopleInARowOfItsOwn() {
    List<Row> rows =
        lake.run()
            .tables()
            .read(MetricsTables.DAILY_CUSTOM_METRICS)
            .where(col("kind").equalTo("metric").and(col("rule_id").equalTo("pro-orders")))
            .select("rule_id", "copy_key", "events", "lift_events", "metric_value")
            .collectAsList();

    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).getString(0)).isEqualTo("pro-orders");
    assertThat(rows.get(0).getString(1)).isEqualTo(SampleSettings.WOMENS);
    assertThat(rows.get(0).getDecimal(2)).isEqualByComparingTo("0");
    assertThat(rows.get(0).getLong(3)).isEqualTo(1);
    assertThat(rows.get(0).getDecimal(4)).isEqualByComparingTo("10");
  }

  @Test
  void aMetricOfEngagementsCountsThemWhereTheyHappenedAndJourneysOnce() {
    List<Row> rows =
        lake.run()
            .tables()
            .read(MetricsTables.DAILY_CUSTOM_METRICS)
            .where(col("rule_id").equalTo("opened-by-people"))
            .select("kind", "copy_key", "event_date", "lift_events", "metric_value", "lift_value")
            .collectAsList();

    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).getString(0)).isEqualTo("metric");
    assertThat(rows.get(0).getString(1)).isEqualTo(SampleSettings.MENS);
    assertThat(rows.get(0).getDate(2)).hasToString("2026-11-03");
    assertThat(rows.get(0).getLong(3)).isEqualTo(2);
    assertThat(rows.get(0).getDecimal(4)).isEqualByComparingTo("1");
    assertThat(rows.get(0).getDecimal(5)).isEqualByComparingTo("0");
  }

  @Test
  void periodsOfEqualControlShareAreOneStratum() {
    assertThat(
            lake.run()
                .tables()
                .read(MetricsTables.EXPERIMENTS)
                .orderBy("valid_from")
                .select("stratum")
                .collectAsList())
        .extracting(row -> row.getInt(0))
        .containsExactly(1, 1, 2);
  }

  @Test
  void whoUnsubscribesFromEverythingIsListedAndInNoDailyFigure() {
    List<Row> rows =
        lake.run()
            .tables()
            .read(AttributionTables.PERSON_UNSUBSCRIBES)
            .select("person", "channel")
            .collectAsList();

    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).getString(0)).isEqualTo("carl");
    assertThat(
            lake.run()
                .tables()
                .read(MetricsTables.DAILY_METRICS)
                .where(col("unsubscribes").gt(0))
                .count())
        .isZero();
  }
}
