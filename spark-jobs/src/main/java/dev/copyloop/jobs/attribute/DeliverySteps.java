package dev.copyloop.jobs.attribute;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.CoGroupFunction;
import org.apache.spark.api.java.function.MapGroupsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.KeyValueGroupedDataset;
import org.apache.spark.sql.Row;

/** The shuffles of delivery attribution: events to deliveries to journeys to, rarely, persons. */
final class DeliverySteps {

  private static final Encoder<Row> DELIVERY = Encoders.row(DeliveryRows.SCHEMA);
  private static final String GROUP = "group_key";

  private static final Comparator<DeliveryEvent> BY_TIME =
      Comparator.comparingLong(DeliveryEvent::occurredAt).thenComparing(DeliveryEvent::eventId);

  private DeliverySteps() {}

  /** Every delivery, our own calls among them, attributed as far as its journey tells. */
  static Dataset<Row> inJourneys(
      Dataset<Row> events, Dataset<Row> generations, SettingsIndex settings) {
    Dataset<Row> folded =
        grouped(events, DeliveryEventRows.KEY)
            .mapGroups(
                (MapGroupsFunction<String, Row, Row>) (key, rows) -> fold(rows, settings),
                DELIVERY);
    Dataset<Row> ofJourneys =
        generations
            .where(col("tracking_id").isNotNull())
            .withColumn(
                GROUP, concat_ws("\u0000", col("org"), concat(lit("j"), col("tracking_id"))));
    return grouped(folded.withColumn(GROUP, journeyKey()), GROUP)
        .cogroup(
            grouped(ofJourneys, GROUP),
            (CoGroupFunction<String, Row, Row, Row>)
                (key, deliveries, refs) -> journey(deliveries, refs, settings),
            DELIVERY);
  }

  private static Column journeyKey() {
    return concat_ws(
        "\u0000",
        col("org"),
        when(col("journey_id").isNotNull(), concat(lit("j"), col("journey_id")))
            .otherwise(concat(lit("d"), col("workspace"), lit("\u0000"), col("delivery_id"))));
  }

  private static Row fold(Iterator<Row> rows, SettingsIndex settings) {
    List<DeliveryEvent> events = new ArrayList<>();
    rows.forEachRemaining(row -> events.add(DeliveryEventRows.read(row)));
    events.sort(BY_TIME);
    String org = events.get(0).org();
    return DeliveryRows.write(DeliveryFold.fold(events, settings.personKeys(org)));
  }

  private static Iterator<Row> journey(
      Iterator<Row> deliveries, Iterator<Row> generations, SettingsIndex settings) {
    List<Delivery> journey = new ArrayList<>();
    deliveries.forEachRemaining(row -> journey.add(DeliveryRows.read(row)));
    return new JourneyAttribution(settings)
        .attribute(journey, refs(generations, settings)).stream()
            .map(DeliveryRows::write)
            .iterator();
  }

  /** The same deliveries with what depends on more than one journey decided. */
  static Dataset<Row> resolved(
      Dataset<Row> deliveries, Dataset<Row> generations, Persons persons, SettingsIndex settings) {
    return PersonCopies.resolve(
        ControlActions.resolve(persons.resolved(deliveries), settings),
        generations,
        persons,
        settings);
  }

  static List<GenerationRef> refs(Iterator<Row> rows, SettingsIndex settings) {
    List<GenerationRef> refs = new ArrayList<>();
    rows.forEachRemaining(row -> refs.add(GenerationRows.read(row, settings)));
    return refs;
  }

  static KeyValueGroupedDataset<String, Row> grouped(Dataset<Row> rows, String key) {
    return rows.groupBy(col(key)).as(Encoders.STRING(), Encoders.row(rows.schema()));
  }
}
