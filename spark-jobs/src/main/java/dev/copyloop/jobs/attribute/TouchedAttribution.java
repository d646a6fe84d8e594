package dev.copyloop.jobs.attribute;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import dev.copyloop.jobs.attribute.journey.ControlActions;
import dev.copyloop.jobs.attribute.journey.DeliveryEventRows;
import dev.copyloop.jobs.attribute.journey.DeliverySteps;
import dev.copyloop.jobs.attribute.journey.EventCounts;
import dev.copyloop.jobs.attribute.journey.GenerationRows;
import dev.copyloop.jobs.attribute.person.PersonEvents;
import dev.copyloop.jobs.attribute.person.PersonIdentifiers;
import dev.copyloop.jobs.attribute.person.Persons;
import dev.copyloop.jobs.attribute.settings.SettingsIndex;
import dev.copyloop.jobs.attribute.table.AttributionKeys;
import dev.copyloop.jobs.attribute.table.AttributionTables;
import dev.copyloop.jobs.hash.WantedHashes;
import dev.copyloop.jobs.hash.WantedHashes.Search;
import dev.copyloop.jobs.lake.EventsTable;
import dev.copyloop.jobs.lake.GenerationsTable;
import dev.copyloop.jobs.lake.PinnedTables;
import dev.copyloop.jobs.lake.TableSpec;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What changed rows touch, computed anew by the same steps as {@link Attribution}: whole journeys,
 * and everything that is known of the people in them. What is not touched is not read, but for
 * narrow columns where a changed name may have been used.
 */
final class TouchedAttribution {

  private final PinnedTables pinned;
  private final SettingsIndex index;
  private final ChangedInputs changed;
  private final Dataset<Row> unsubscribes;
  private final Dataset<Row> ownEvents;

  private TouchedDeliveries touched;
  private IdentifierChanges identifiers;
  private Dataset<Row> moved;
  private ConcernedRows concerned;
  private InferredControls untouchedControls;
  private ControlActions controls;
  private EventCounts counts;
  private Dataset<Row> folded;

  /** Rows of the table, those of the touched deliveries among them. */
  private Dataset<Row> found;

  private Persons persons;
  private final Dataset<Row> deliveries;

  /**
   * Finds what is touched and computes it; writes nothing.
   *
   * @param pinned the tables as they were before the changes were attributed
   * @param unsubscribes of {@link PersonEvents}, of the changed rows
   * @param ownEvents of {@link AttributionKeyRows#ownEvents}, of the changed rows
   * @param seeds keys of the changed rows' deliveries and journeys; read more than once
   */
  TouchedAttribution(
      PinnedTables pinned,
      ChangedInputs changed,
      Dataset<Row> unsubscribes,
      Dataset<Row> ownEvents,
      Dataset<Row> seeds,
      SettingsIndex index) {
    this.pinned = pinned;
    this.index = index;
    this.changed = changed;
    this.unsubscribes = unsubscribes;
    this.ownEvents = ownEvents;
    Dataset<Row> all = seeds;
    touch(all);
    Dataset<Row> outside = outside();
    while (WantedHashes.of(outside.select(AttributionKeys.KEY)).count() > 0) {
      all = all.unionByName(AttributionKeys.kept(outside));
      touch(all);
      outside = outside();
    }
    this.deliveries = resolve();
  }

  private void touch(Dataset<Row> seeds) {
    touched = new TouchedDeliveries(pinned.read(AttributionTables.ATTRIBUTION_KEYS), seeds);
    Dataset<Row> deliveryEvents = AttributionKeys.kept(deliveryEvents());
    Dataset<Row> generations = generations();
    counts = EventCounts.of(deliveryEvents);
    folded =
        AttributionKeys.kept(DeliverySteps.inJourneys(deliveryEvents, counts, generations, index));
    identifiers =
        new IdentifierChanges(
            pinned.read(AttributionTables.PERSON_IDENTIFIERS),
            texts(),
            PersonIdentifiers.together(folded)
                .unionByName(PersonIdentifiers.together(unsubscribes)),
            index);
    moved = AttributionKeys.kept(identifiers.moved());
    concerned = new ConcernedRows(moved);
    persons = new Persons(identifiers.computed(), index);
    untouchedControls = untouchedControls();
    controls = ControlActions.of(folded, untouchedControls.actions(), index);
  }

  private InferredControls untouchedControls() {
    return index.infersControls()
        ? InferredControls.of(
            touched
                .knownDeliveries()
                .notAmong(pinned.read(AttributionTables.DELIVERIES), AttributionKeys.ofRow()))
        : InferredControls.NONE;
  }

  /** All events of the touched deliveries: of days that had some before, and the new ones. */
  private Dataset<Row> deliveryEvents() {
    Dataset<Row> ofOldDays =
        DeliveryEventRows.among(
            pinned.readDays(EventsTable.SPEC, touched.eventDays()), touched.deliveries(), index);
    return DeliveryEventRows.of(changed.events(), index)
        .where(not(isOn(touched.eventDays())))
        .unionByName(ofOldDays);
  }

  /** All generations of the touched journeys, likewise. */
  private Dataset<Row> generations() {
    Dataset<Row> ofOldDays =
        GenerationRows.among(
            pinned.readDays(GenerationsTable.SPEC, touched.generationDays()), touched.journeys());
    return changed
        .newGenerations()
        .where(not(isOn(touched.generationDays())))
        .unionByName(ofOldDays);
  }

  /** Whether a narrow row happened on one of these days. */
  private static Column isOn(Collection<LocalDate> days) {
    return DeliveryEventRows.day().isin(days.toArray());
  }

  /** Every identifier that touched rows call a person by, most several times. */
  private Dataset<Row> texts() {
    Dataset<Row> named =
        folded
            .select("org", "person", "keyed")
            .unionByName(unsubscribes.select("org", "person", "keyed"))
            .unionByName(
                ownEvents
                    .withColumn("keyed", Persons.isKeyed(index))
                    .select(col("org"), col("name").as("person"), col("keyed")))
            .unionByName(
                changed
                    .generations()
                    .withColumn("keyed", lit(true))
                    .select(col("org"), Persons.ofCaller(index).as("person"), col("keyed")));
    return named
        .where(col("person").isNotNull())
        .select(col("org"), Persons.text(index).as("text"));
  }

  /**
   * Keys, some repeated, of deliveries that are not in, though a moved name or a changed generation
   * concerns them, or another control action is a candidate now.
   */
  private Dataset<Row> outside() {
    Dataset<Row> byNames = byNames(concerned.searches(callers(), index));
    Dataset<Row> deliveries =
        untouchedControls.outdated(controls).map(keys -> byNames.unionByName(keys)).orElse(byNames);
    return touched
        .deliveries()
        .notAmong(deliveries, col(AttributionKeys.KEY))
        .withColumn(AttributionKeys.LINK, lit(null).cast("bigint"));
  }

  /**
   * Keys of the deliveries that names concern. The touched ones, which have to be read anyway, are
   * found in the same pass over their days.
   */
  private Dataset<Row> byNames(Search[] named) {
    Search[] all = Arrays.copyOf(named, named.length + 1);
    all[named.length] = new Search(touched.knownDeliveries(), AttributionKeys.DELIVERY);
    TableSpec table = AttributionTables.DELIVERIES;
    found =
        AttributionKeys.kept(
            WantedHashes.amongAny(pinned.readDays(table, touched.eventDays()), all));
    Dataset<Row> elsewhere =
        WantedHashes.amongAny(
            pinned
                .readOtherDays(table, touched.eventDays())
                .select("org", "workspace", "delivery_id", "journey_id", "person"),
            named);
    Dataset<Row> keys = ConcernedRows.key(found).unionByName(ConcernedRows.key(elsewhere));
    return concerned.isEmpty() ? keys : keys.unionByName(concerned.further(pinned));
  }

  /**
   * The people for whom generations changed, by the name that was called and by their own, most
   * several times.
   */
  private Dataset<Row> callers() {
    Dataset<Row> called =
        changed.generations().withColumn("person", Persons.ofCaller(index)).select("org", "person");
    return called
        .unionByName(persons.resolvedByKey(called).select("org", "person"))
        .where(col("person").isNotNull());
  }

  private Dataset<Row> resolve() {
    Dataset<Row> generations = GenerationRows.of(pinned.read(GenerationsTable.SPEC));
    Dataset<Row> resolved =
        DeliverySteps.resolved(persons.resolved(folded), controls, generations, persons, index);
    return resolved == folded ? folded : AttributionKeys.kept(resolved);
  }

  /** The sums of what was computed. */
  DeliveryAudit audit() {
    return DeliveryAudit.of(counts, deliveries);
  }

  /** The touched deliveries, attributed. */
  Dataset<Row> deliveries() {
    return deliveries;
  }

  /** What the table says of them now. */
  Dataset<Row> presentDeliveries() {
    return touched.knownDeliveries().among(found, AttributionKeys.ofRow());
  }

  /** Which deliveries and journeys are touched, and on which days they had rows before. */
  TouchedDeliveries touched() {
    return touched;
  }

  /** The identifiers of the people in them. */
  IdentifierChanges identifiers() {
    return identifiers;
  }

  /** Whose names stand for somebody else now, of {@link IdentifierChanges#moved}. */
  Dataset<Row> moved() {
    return moved;
  }

  /** What finds the rows that carry such names. */
  ConcernedRows concerned() {
    return concerned;
  }

  /** Who is who among them. */
  Persons persons() {
    return persons;
  }
}
