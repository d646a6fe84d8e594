package dev.copyloop.jobs.attribute.journey;

import static org.apache.spark.sql.functions.col;

import dev.copyloop.jobs.attribute.person.Persons;
import dev.copyloop.jobs.attribute.row.HashedRows;
import dev.copyloop.jobs.attribute.settings.SettingsIndex;
import dev.copyloop.jobs.attribute.table.AttributionKeys;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The shuffles of delivery attribution: events and generations to journeys to, rarely, persons. */
public final class DeliverySteps {

  private DeliverySteps() {}

  /**
   * Every delivery, our own calls among them, attributed as far as its journey tells.
   *
   * @param events of {@link DeliveryEventRows}
   * @param counts of those
   * @param generations of {@link GenerationRows}
   */
  public static Dataset<Row> inJourneys(
      Dataset<Row> events, EventCounts counts, Dataset<Row> generations, SettingsIndex settings) {
    HashedRows<GenerationRef> ofJourneys =
        HashedRows.of(
            generations.where(col("tracking_id").isNotNull()),
            AttributionKeys.journey(col("tracking_id")),
            GenerationRows.columns(),
            columns -> GenerationRows.read(columns, settings));
    return HashedRows.of(
            JourneyHashes.of(events, counts),
            col(JourneyHashes.HASH),
            DeliveryEventRows.columns(),
            DeliveryEventRows::read)
        .meeting(counts.events(), ofJourneys, new JourneyFold(settings), DeliveryRows.SCHEMA);
  }

  /**
   * The same deliveries with what depends on more than one journey decided.
   *
   * @param deliveries their people resolved
   * @param controls which actions could be the control, of theirs and all other deliveries
   */
  public static Dataset<Row> resolved(
      Dataset<Row> deliveries,
      ControlActions controls,
      Dataset<Row> generations,
      Persons persons,
      SettingsIndex settings) {
    return PersonCopies.resolve(controls.decide(deliveries), generations, persons, settings);
  }
}
