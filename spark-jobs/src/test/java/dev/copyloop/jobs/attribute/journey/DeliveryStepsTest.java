package dev.copyloop.jobs.attribute.journey;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.to_date;
import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.events.generation.Arm;
import dev.copyloop.jobs.attribute.row.RowCursor;
import dev.copyloop.jobs.attribute.settings.SettingsIndex;
import dev.copyloop.jobs.attribute.table.AttributionKeys;
import dev.copyloop.jobs.lake.EventsTable;
import dev.copyloop.jobs.lake.GenerationsTable;
import dev.copyloop.jobs.lake.InternalRows;
import dev.copyloop.jobs.run.TestLake;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deliveries are what their own events make of them, however their events are gathered. */
class DeliveryStepsTest {

  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  private static final String[] METRICS = {"drafted", "sent", "delivered", "opened", "clicked"};
  private static final SettingsIndex SETTINGS = new SettingsIndex(SampleSettings.plain());

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void deliveriesWhoseEventsNameSeveralJourneysAreOfTheFirst(long seed) {
    Dataset<Row> events = narrow(disagreeing(new Random(seed)));
    Dataset<Row> generations = generations(6);
    EventCounts counts = EventCounts.of(events);

    assertThat(counts.torn()).isPositive();
    assertThat(attributed(events, counts, generations))
        .containsExactlyInAnyOrderElementsOf(expected(events));
  }

  @Test
  void whatIsKnownToBeEmptyMeetsNothing() {
    Dataset<Row> events = narrow(disagreeing(new Random(1)));
    Dataset<Row> noEvents = narrow(List.of());
    EventCounts counts = EventCounts.of(events);

    assertThat(attributed(events, counts, generations(0))).hasSize((int) counts.named());
    assertThat(attributed(noEvents, EventCounts.of(noEvents), generations(6))).isEmpty();
    assertThat(attributed(noEvents, EventCounts.of(noEvents), generations(0))).isEmpty();
  }

  @Test
  void countsWhatEventsName() {
    List<Row> rows =
        List.of(
            event("d1", "sent", 0).journey("j1", "1001", "u1").row(),
            event("d1", "opened", 1).journey("j1", "1001", "u1").row(),
            event("d2", "sent", 2).journey("j1", "1001", "u1").row(),
            event("d2", "opened", 3).row(),
            event("d3", "drafted", 4).row(),
            event("d3", "clicked", 5).row());

    assertThat(EventCounts.of(narrow(rows))).isEqualTo(new EventCounts(3, 6, 3, 1));
    assertThat(EventCounts.of(narrow(List.of()))).isEqualTo(new EventCounts(0, 0, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void keysAreThoseOfAllRowsOnce(long seed) {
    Dataset<Row> events = narrow(disagreeing(new Random(seed)));
    Dataset<Row> others =
        TestLake.spark()
            .range(20)
            .selectExpr(
                "date_add(DATE'2026-03-01', cast(id % 2 AS int)) AS date", "id % 3 AS link");
    Dataset<Row> all =
        events
            .select(
                to_date(timestamp_micros(col("occurred_at"))).as("date"),
                DeliveryEventRows.hash().as("key"),
                AttributionKeys.journey(col("journey_id")).as("link"))
            .unionByName(others.withColumn("key", lit(null).cast("bigint")));

    try (EventKeys keys = EventKeys.of(events, others)) {
      assertThat(keys.counts()).isEqualTo(EventCounts.of(events));
      assertThat(keys.rows().collectAsList())
          .containsExactlyInAnyOrderElementsOf(all.distinct().collectAsList());
    }
  }

  private static SampleEvent event(String delivery, String metric, int second) {
    return SampleEvent.email(delivery, metric, START.plusSeconds(second));
  }

  /** Events of one time, too, with ids that Java and UTF-8 order differently. */
  private static List<Row> disagreeing(Random random) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String delivery = "d" + random.nextInt(50);
      String journey = random.nextInt(4) == 0 ? null : "j" + random.nextInt(8);
      String mark = random.nextBoolean() ? "\uFF5E" : "\uD83D\uDE00";
      rows.add(
          event(delivery, METRICS[random.nextInt(METRICS.length)], random.nextInt(3))
              .with("event_id", mark + i)
              .journey(journey, random.nextInt(5) == 0 ? "1002" : "1001", "u1")
              .row());
    }
    return rows;
  }

  private static Dataset<Row> narrow(List<Row> rows) {
    return DeliveryEventRows.of(
        TestLake.spark().createDataFrame(rows, EventsTable.SPEC.schema()), SETTINGS);
  }

  private static Dataset<Row> generations(int number) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      rows.add(
          SampleGeneration.of(SampleSettings.MENS, "j" + i, "u1", START.plusSeconds(i - 3)).row());
    }
    return GenerationRows.of(
        TestLake.spark().createDataFrame(rows, GenerationsTable.SPEC.schema()));
  }

  private static List<String> attributed(
      Dataset<Row> events, EventCounts counts, Dataset<Row> generations) {
    return InternalRows.of(DeliverySteps.inJourneys(events, counts, generations, SETTINGS))
        .map(row -> DeliveryRows.read(new RowCursor(row)).toString())
        .collect();
  }

  /** What the events of one delivery, then the deliveries of one journey make, in one task. */
  private static List<String> expected(Dataset<Row> events) {
    return InternalRows.of(events.select(DeliveryEventRows.columns().toArray(Column[]::new)))
        .coalesce(1)
        .mapPartitions(DeliveryStepsTest::journeys)
        .collect();
  }

  private static List<GenerationRef> refs(String journey) {
    return IntStream.range(0, 6)
        .filter(i -> journey.equals("j" + i))
        .mapToObj(
            i -> {
              Instant at = START.plusSeconds(i - 3);
              return new GenerationRef(
                  "acme",
                  "welcome",
                  "g-" + journey + "-u1-" + at,
                  at.getEpochSecond() * 1_000_000,
                  journey,
                  "u1",
                  SampleSettings.MENS,
                  Arm.TREATMENT,
                  false);
            })
        .toList();
  }

  private static Iterator<String> journeys(Iterator<InternalRow> rows) {
    Map<String, List<DeliveryEvent>> events = new TreeMap<>();
    rows.forEachRemaining(
        row -> {
          DeliveryEvent event = DeliveryEventRows.read(new RowCursor(row));
          events.computeIfAbsent(event.deliveryId(), id -> new ArrayList<>()).add(event);
        });
    Map<String, List<Delivery>> journeys = new TreeMap<>();
    for (List<DeliveryEvent> each : events.values()) {
      each.sort(
          Comparator.comparingLong(DeliveryEvent::occurredAt)
              .thenComparing(DeliveryEvent::eventId));
      Delivery delivery = DeliveryFold.fold(each, SETTINGS.personKeys("acme"), List.of());
      String journey = delivery.ids().journeyId();
      journeys
          .computeIfAbsent(
              journey == null ? delivery.ids().deliveryId() : journey, key -> new ArrayList<>())
          .add(delivery);
    }
    List<String> attributed = new ArrayList<>();
    journeys.forEach(
        (journey, deliveries) ->
            new JourneyAttribution(SETTINGS)
                .attribute(deliveries, refs(journey))
                .forEach(each -> attributed.add(each.toString())));
    return attributed.iterator();
  }
}
