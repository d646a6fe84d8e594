package dev.copyloop.jobs.attribute;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.copyloop.jobs.attribute.customevents.CustomEventSteps;
import dev.copyloop.jobs.attribute.journey.DeliveryEventRows;
import dev.copyloop.jobs.attribute.journey.GenerationRows;
import dev.copyloop.jobs.attribute.person.Persons;
import dev.copyloop.jobs.attribute.settings.SettingsIndex;
import dev.copyloop.jobs.attribute.table.AttributionKeys;
import dev.copyloop.jobs.attribute.table.AttributionTables;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Which hashes of deliveries, journeys and names lie on which day. */
final class AttributionKeyRows {

  private AttributionKeyRows() {}

  /**
   * The keys of deliveries and generations, some maybe several times, shaped as {@link
   * AttributionTables#ATTRIBUTION_KEYS}.
   *
   * @param deliveryEvents of {@link DeliveryEventRows}
   * @param generations of {@link GenerationRows}
   */
  static Dataset<Row> ofJourneys(Dataset<Row> deliveryEvents, Dataset<Row> generations) {
    return deliveryEvents
        .select(
            day(),
            DeliveryEventRows.hash().as(AttributionKeys.KEY),
            AttributionKeys.journey(col("journey_id")).as(AttributionKeys.LINK))
        .unionByName(ofGenerations(generations));
  }

  /** Those of generations, some maybe several times. */
  static Dataset<Row> ofGenerations(Dataset<Row> generations) {
    return generations
        .where(col("tracking_id").isNotNull())
        .select(
            day(), none(), AttributionKeys.journey(col("tracking_id")).as(AttributionKeys.LINK));
  }

  private static Column day() {
    return DeliveryEventRows.day().as("date");
  }

  /** Those of the org's own events, some maybe several times. */
  static Dataset<Row> ofOwnEvents(Dataset<Row> ownEvents) {
    return ownEvents
        .where(col("name").isNotNull())
        .select(col("date"), none(), AttributionKeys.person(col("name")).as(AttributionKeys.LINK));
  }

  private static Column none() {
    return lit(null).cast("bigint").as(AttributionKeys.KEY);
  }

  /** An org's own events with the {@code name} that each calls its person by. */
  static Dataset<Row> ownEvents(Dataset<Row> events, SettingsIndex settings) {
    return named(CustomEventSteps.ownEvents(events), settings);
  }

  /** The same of a table's rows, of which they are few. */
  static Dataset<Row> ownEventsAmong(Dataset<Row> table, SettingsIndex settings) {
    return named(CustomEventSteps.ownEventsAmong(table), settings);
  }

  private static Dataset<Row> named(Dataset<Row> ownEvents, SettingsIndex settings) {
    return ownEvents.withColumn("name", Persons.ofOwnEvent(settings));
  }
}
