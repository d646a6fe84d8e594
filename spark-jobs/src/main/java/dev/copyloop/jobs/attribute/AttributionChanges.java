package dev.copyloop.jobs.attribute;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.to_date;

import dev.copyloop.events.settings.Settings;
import dev.copyloop.jobs.attribute.customevents.MeasuredEngagements;
import dev.copyloop.jobs.attribute.journey.ControlActions;
import dev.copyloop.jobs.attribute.journey.DeliveryEventRows;
import dev.copyloop.jobs.attribute.journey.DeliveryOutputs;
import dev.copyloop.jobs.attribute.journey.DeliverySteps;
import dev.copyloop.jobs.attribute.journey.EventCounts;
import dev.copyloop.jobs.attribute.journey.GenerationRows;
import dev.copyloop.jobs.attribute.person.PersonEvents;
import dev.copyloop.jobs.attribute.person.PersonIdentifiers;
import dev.copyloop.jobs.attribute.person.Persons;
import dev.copyloop.jobs.attribute.settings.SettingsIndex;
import dev.copyloop.jobs.attribute.table.AttributionKeys;
import dev.copyloop.jobs.attribute.table.AttributionTables;
import dev.copyloop.jobs.hash.ChangedRows;
import dev.copyloop.jobs.hash.TableChange;
import dev.copyloop.jobs.hash.WantedHashes;
import dev.copyloop.jobs.lake.EventsTable;
import dev.copyloop.jobs.lake.GenerationsTable;
import dev.copyloop.jobs.lake.LakeTables;
import dev.copyloop.jobs.lake.PinnedTables;
import dev.copyloop.jobs.lake.TableSpec;
import dev.copyloop.jobs.progress.StageRun;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Attribution of what changed rows touch: whole journeys, everything that is known of the people in
 * them, and those people's own events, by the same steps as {@link Attribution}. The tables are
 * brought to it row by row; what is not touched is not read, but for narrow columns where a changed
 * name may have been used.
 */
final class AttributionChanges {

  private final LakeTables tables;
  private final PinnedTables pinned;
  private final StageRun stage;
  private final Settings settings;
  private final SettingsIndex index;
  private final ChangedInputs changed;

  private final Dataset<Row> unsubscribes;
  private final Dataset<Row> ownEvents;
  private final TableChange keys;
  private TouchedDeliveries touched;
  private IdentifierChanges identifiers;
  private Dataset<Row> moved;
  private ConcernedRows concerned;
  private InferredControls untouchedControls;
  private ControlActions controls;
  private EventCounts counts;
  private Dataset<Row> folded;
  private Persons persons;
  private Dataset<Row> deliveries;

  /** Finds what is touched and computes its deliveries; writes no table but that of the keys. */
  AttributionChanges(LakeTables tables, StageRun stage, ChangedInputs changed, Settings settings) {
    this.tables = tables;
    this.pinned = tables.pinned();
    this.stage = stage;
    this.settings = settings;
    this.index = new SettingsIndex(settings);
    this.changed = changed;
    this.unsubscribes = AttributionKeys.kept(PersonEvents.unsubscribes(changed.events(), index));
    this.ownEvents = AttributionKeys.kept(AttributionKeyRows.ownEvents(changed.events(), index));
    Dataset<Row> seeds =
        AttributionKeys.kept(
            AttributionKeyRows.ofJourneys(
                    DeliveryEventRows.of(
                        changed.events(), Attribution.soleWorkspace(settings), index),
                    changed.generations())
                .distinct());
    this.keys = writeKeys(seeds.unionByName(AttributionKeyRows.ofOwnEvents(ownEvents)).distinct());
    // A person's name leads to no journey.
    Dataset<Row> all = seeds.select(AttributionKeys.KEY, AttributionKeys.LINK);
    touch(all);
    Dataset<Row> outside = outside();
    while (WantedHashes.of(outside.select(AttributionKeys.KEY)).count() > 0) {
      all = all.unionByName(AttributionKeys.kept(outside));
      touch(all);
      outside = outside();
    }
    this.deliveries = resolve();
  }

  private TableChange writeKeys(Dataset<Row> seeds) {
    TableSpec table = AttributionTables.ATTRIBUTION_KEYS;
    Dataset<Row> present =
        pinned
            .readDays(table, LakeTables.days(seeds, "date"))
            .join(
                broadcast(seeds.toDF("own_date", "own_key", "own_link")),
                col("date")
                    .equalTo(col("own_date"))
                    .and(col(AttributionKeys.KEY).eqNullSafe(col("own_key")))
                    .and(col(AttributionKeys.LINK).eqNullSafe(col("own_link"))),
                "left_semi");
    return write(table, seeds, present);
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
    Column soleWorkspace = Attribution.soleWorkspace(settings);
    Dataset<Row> ofOldDays =
        touched
            .deliveries()
            .among(
                DeliveryEventRows.of(
                    pinned.readDays(EventsTable.SPEC, touched.eventDays()), soleWorkspace, index),
                DeliveryEventRows.hash());
    return DeliveryEventRows.of(changed.events(), soleWorkspace, index)
        .where(not(isOn(touched.eventDays())))
        .unionByName(ofOldDays);
  }

  /** All generations of the touched journeys, likewise. */
  private Dataset<Row> generations() {
    Dataset<Row> ofOldDays =
        touched
            .journeys()
            .among(
                GenerationRows.of(pinned.readDays(GenerationsTable.SPEC, touched.generationDays())),
                AttributionKeys.journey(col("tracking_id")));
    return changed
        .newGenerations()
        .where(not(isOn(touched.generationDays())))
        .unionByName(ofOldDays);
  }

  /** Whether a narrow row happened on one of these days. */
  private static Column isOn(Collection<LocalDate> days) {
    return to_date(timestamp_micros(col("occurred_at"))).isin(days.toArray());
  }

  /** Every identifier that touched rows call a person by. */
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
        .select(col("org"), Persons.text(index).as("text"))
        .distinct();
  }

  /**
   * Keys, some repeated, of deliveries that are not in, though a moved name or a changed generation
   * concerns them, or another control action is a candidate now.
   */
  private Dataset<Row> outside() {
    Dataset<Row> byNames = concerned.deliveries(pinned, callers(), index);
    Dataset<Row> deliveries =
        untouchedControls.outdated(controls).map(keys -> byNames.unionByName(keys)).orElse(byNames);
    return touched
        .deliveries()
        .notAmong(deliveries, col(AttributionKeys.KEY))
        .withColumn(AttributionKeys.LINK, lit(null).cast("bigint"));
  }

  /** The people for whom generations changed, by the name that was called and by their own. */
  private Dataset<Row> callers() {
    Dataset<Row> called =
        changed
            .generations()
            .withColumn("person", Persons.ofCaller(index))
            .withColumn("keyed", lit(true))
            .select("org", "person", "keyed");
    return called
        .select("org", "person")
        .unionByName(persons.resolved(called).select("org", "person"))
        .where(col("person").isNotNull())
        .distinct();
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

  /** Brings the tables to what was computed. */
  List<TableChange> write() {
    Dataset<Row> before = AttributionKeys.kept(present(AttributionTables.DELIVERIES));
    OwnEventChanges own =
        new OwnEventChanges(pinned, settings, persons, identifiers, moved, ownEvents);
    own.touch(before.select("org", "person").unionByName(deliveries.select("org", "person")));
    ExposureChanges exposure =
        new ExposureChanges(pinned, touched, deliveries, own.people(), own.exposureDays());
    List<TableChange> changes = new ArrayList<>();
    changes.add(
        writeTouched(AttributionTables.DELIVERIES, DeliveryOutputs.deliveries(deliveries), before));
    changes.add(
        writeTouched(
            AttributionTables.ENGAGEMENTS,
            DeliveryOutputs.engagements(deliveries),
            exposure.presentEngagements()));
    changes.add(
        writeTouched(
            AttributionTables.WEBHOOK_CALLS,
            DeliveryOutputs.webhookCalls(deliveries),
            present(AttributionTables.WEBHOOK_CALLS)));
    changes.add(writeAttributedEvents(own, exposure));
    changes.add(writeUnsubscribes());
    changes.add(
        write(AttributionTables.PERSON_IDENTIFIERS, identifiers.computed(), identifiers.present()));
    changes.add(keys);
    return changes;
  }

  /** Those people's own events, and what metrics take of the touched deliveries' engagements. */
  private TableChange writeAttributedEvents(OwnEventChanges own, ExposureChanges exposure) {
    TableSpec table = AttributionTables.ATTRIBUTED_EVENTS;
    if (!index.measuresEngagements()) {
      return own.isEmpty()
          ? stage.unchanged(table)
          : write(table, own.computed(exposure.deliveries()), own.present());
    }
    Dataset<Row> computed = MeasuredEngagements.of(deliveries);
    Dataset<Row> present = present(table).where(MeasuredEngagements.isOne(settings));
    return own.isEmpty()
        ? write(table, computed, present)
        : write(
            table,
            own.computed(exposure.deliveries()).unionByName(computed),
            own.present().unionByName(present));
  }

  private Dataset<Row> present(TableSpec table) {
    return touched
        .knownDeliveries()
        .among(pinned.readDays(table, touched.eventDays()), AttributionKeys.ofRow());
  }

  /** The new ones, and those of whoever has another name now. */
  private TableChange writeUnsubscribes() {
    TableSpec table = AttributionTables.PERSON_UNSUBSCRIBES;
    Dataset<Row> renamed =
        AttributionKeys.kept(
            concerned.renamed(pinned.read(table)).select("date", "org", "event_id"));
    Dataset<Row> again =
        PersonEvents.unsubscribes(
                pinned.readDays(EventsTable.SPEC, LakeTables.days(renamed, "date")), index)
            .join(renamed, new String[] {"date", "org", "event_id"}, "left_semi");
    Dataset<Row> all =
        AttributionKeys.kept(
            unsubscribes.unionByName(again).dropDuplicates("date", "org", "event_id"));
    if (all.count() == 0) {
      return stage.unchanged(table);
    }
    Dataset<Row> present =
        pinned
            .read(table)
            .join(
                all.select("date", "org", "event_id"),
                new String[] {"date", "org", "event_id"},
                "left_semi");
    return write(table, persons.resolved(all).selectExpr(table.schema().fieldNames()), present);
  }

  /** Of new deliveries alone, no table has a row yet. */
  private TableChange writeTouched(TableSpec table, Dataset<Row> computed, Dataset<Row> present) {
    return touched.knownDeliveries().count() == 0
        ? new ChangedRows(tables).add(table, computed, stage.content(table).orElseThrow())
        : write(table, computed, present);
  }

  private TableChange write(TableSpec table, Dataset<Row> computed, Dataset<Row> present) {
    return new ChangedRows(tables)
        .apply(table, computed, present, stage.content(table).orElseThrow());
  }
}
