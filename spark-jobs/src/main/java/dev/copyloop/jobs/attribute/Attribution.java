package dev.copyloop.jobs.attribute;

import dev.copyloop.events.settings.Settings;
import dev.copyloop.jobs.attribute.customevents.CustomEventSteps;
import dev.copyloop.jobs.attribute.customevents.MeasuredEngagements;
import dev.copyloop.jobs.attribute.journey.ControlActions;
import dev.copyloop.jobs.attribute.journey.DeliveryEventRows;
import dev.copyloop.jobs.attribute.journey.DeliveryOutputs;
import dev.copyloop.jobs.attribute.journey.DeliverySteps;
import dev.copyloop.jobs.attribute.journey.EventCounts;
import dev.copyloop.jobs.attribute.journey.EventKeys;
import dev.copyloop.jobs.attribute.journey.GenerationRows;
import dev.copyloop.jobs.attribute.person.PersonEvents;
import dev.copyloop.jobs.attribute.person.PersonIdentifiers;
import dev.copyloop.jobs.attribute.person.Persons;
import dev.copyloop.jobs.attribute.settings.SettingsIndex;
import dev.copyloop.jobs.attribute.table.AttributionTables;
import dev.copyloop.jobs.lake.PackedRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Everything attribution computes of the events and generations it is given: a function of them and
 * of the settings, whatever the rows' order. Intermediate results stay in memory or on the
 * executors' disks until it is closed.
 */
public final class Attribution implements AutoCloseable {

  private final EventCounts counts;
  private final Dataset<Row> deliveries;
  private final Dataset<Row> attributedEvents;
  private final Dataset<Row> personIdentifiers;
  private final Dataset<Row> personUnsubscribes;
  private final EventKeys keys;
  private final List<PackedRows> kept = new ArrayList<>();

  private Attribution(Dataset<Row> events, Dataset<Row> generations, Settings settings) {
    SettingsIndex index = new SettingsIndex(settings);
    Dataset<Row> deliveryEvents = DeliveryEventRows.of(events, index);
    Dataset<Row> refs = GenerationRows.of(generations);
    this.keys =
        EventKeys.of(
            deliveryEvents,
            AttributionKeyRows.ofGenerations(refs)
                .unionByName(
                    AttributionKeyRows.ofOwnEvents(AttributionKeyRows.ownEvents(events, index))));
    this.counts = keys.counts();
    Dataset<Row> folded = keep(DeliverySteps.inJourneys(deliveryEvents, counts, refs, index));
    Dataset<Row> unsubscribes = keep(PersonEvents.unsubscribes(events, index));
    Dataset<Row> together =
        keep(
            PersonIdentifiers.together(folded)
                .unionByName(PersonIdentifiers.together(unsubscribes)));
    this.personIdentifiers = keep(PersonIdentifiers.of(together, index));
    Persons persons = new Persons(personIdentifiers, index);
    Dataset<Row> named = persons.resolved(folded);
    ControlActions controls = ControlActions.of(folded, Map.of(), index);
    Dataset<Row> resolved = DeliverySteps.resolved(named, controls, refs, persons, index);
    this.deliveries = resolved == named ? named : keep(resolved);
    this.personUnsubscribes = persons.resolved(unsubscribes);
    Dataset<Row> ofOwnEvents =
        CustomEventSteps.attributed(
            events, CustomEventSteps.exposed(deliveries), persons, settings);
    this.attributedEvents =
        keep(
            index.measuresEngagements()
                ? ofOwnEvents.unionByName(MeasuredEngagements.of(deliveries))
                : ofOwnEvents);
  }

  /**
   * The attribution of these rows.
   *
   * @param events shaped as {@code EventsTable}
   * @param generations shaped as {@code GenerationsTable}
   */
  public static Attribution of(Dataset<Row> events, Dataset<Row> generations, Settings settings) {
    return new Attribution(events, generations, settings);
  }

  /** The sums of this attribution. */
  public DeliveryAudit audit() {
    return DeliveryAudit.of(counts, deliveries);
  }

  /** Shaped as {@link AttributionTables#DELIVERIES}. */
  public Dataset<Row> deliveries() {
    return DeliveryOutputs.deliveries(deliveries);
  }

  /** Shaped as {@link AttributionTables#ENGAGEMENTS}. */
  public Dataset<Row> engagements() {
    return DeliveryOutputs.engagements(deliveries);
  }

  /** Shaped as {@link AttributionTables#WEBHOOK_CALLS}. */
  public Dataset<Row> webhookCalls() {
    return DeliveryOutputs.webhookCalls(deliveries);
  }

  /** Shaped as {@link AttributionTables#ATTRIBUTED_EVENTS}. */
  public Dataset<Row> attributedEvents() {
    return attributedEvents;
  }

  /** Shaped as {@link AttributionTables#PERSON_IDENTIFIERS}. */
  public Dataset<Row> personIdentifiers() {
    return personIdentifiers;
  }

  /** Shaped as {@link AttributionTables#PERSON_UNSUBSCRIBES}. */
  public Dataset<Row> personUnsubscribes() {
    return personUnsubscribes.selectExpr(
        AttributionTables.PERSON_UNSUBSCRIBES.schema().fieldNames());
  }

  /** Shaped as {@link AttributionTables#ATTRIBUTION_KEYS}. */
  public Dataset<Row> keys() {
    return keys.rows();
  }

  private Dataset<Row> keep(Dataset<Row> rows) {
    PackedRows packed = PackedRows.of(rows);
    kept.add(packed);
    return packed.rows();
  }

  @Override
  public void close() {
    kept.forEach(PackedRows::close);
    keys.close();
  }
}
