package dev.copyloop.jobs.attribute;

import dev.copyloop.events.settings.Settings;
import dev.copyloop.jobs.attribute.customevents.MeasuredEngagements;
import dev.copyloop.jobs.attribute.journey.DeliveryEventRows;
import dev.copyloop.jobs.attribute.journey.DeliveryOutputs;
import dev.copyloop.jobs.attribute.person.PersonEvents;
import dev.copyloop.jobs.attribute.settings.SettingsIndex;
import dev.copyloop.jobs.attribute.table.AttributionKeys;
import dev.copyloop.jobs.attribute.table.AttributionTables;
import dev.copyloop.jobs.hash.ChangedRows;
import dev.copyloop.jobs.hash.TableChange;
import dev.copyloop.jobs.lake.EventsTable;
import dev.copyloop.jobs.lake.GroupSums;
import dev.copyloop.jobs.lake.LakeTables;
import dev.copyloop.jobs.lake.PinnedTables;
import dev.copyloop.jobs.lake.TableSpec;
import dev.copyloop.jobs.progress.StageRun;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Brings the tables, row by row, to the attribution of what changed rows touch, and of those
 * people's own events.
 */
final class AttributionChanges {

  private final LakeTables tables;
  private final PinnedTables pinned;
  private final StageRun stage;
  private final Settings settings;
  private final SettingsIndex index;

  private final Dataset<Row> unsubscribes;
  private final Dataset<Row> ownEvents;

  /** The keys of the changed rows' deliveries and generations, some maybe several times. */
  private final Dataset<Row> ofJourneys;

  private final TouchedAttribution attribution;
  private final DeliveryAudit audit;

  /** Finds what is touched and computes its deliveries; writes no table. */
  AttributionChanges(LakeTables tables, StageRun stage, ChangedInputs changed, Settings settings) {
    this.tables = tables;
    this.pinned = tables.pinned();
    this.stage = stage;
    this.settings = settings;
    this.index = new SettingsIndex(settings);
    this.unsubscribes = AttributionKeys.kept(PersonEvents.unsubscribes(changed.events(), index));
    this.ownEvents = AttributionKeys.kept(AttributionKeyRows.ownEvents(changed.events(), index));
    this.ofJourneys =
        AttributionKeys.kept(
            AttributionKeyRows.ofJourneys(
                DeliveryEventRows.of(changed.events(), index), changed.generations()));
    // A person's name leads to no journey.
    Dataset<Row> seeds = ofJourneys.select(AttributionKeys.KEY, AttributionKeys.LINK);
    this.attribution =
        new TouchedAttribution(pinned, changed, unsubscribes, ownEvents, seeds, index);
    this.audit = attribution.audit();
  }

  private TableChange writeKeys(OwnEventChanges own) {
    TableSpec table = AttributionTables.ATTRIBUTION_KEYS;
    Dataset<Row> ofOwnEvents = AttributionKeyRows.ofOwnEvents(ownEvents);
    return new ChangedRows(tables)
        .addMissing(
            table,
            ofJourneys.unionByName(ofOwnEvents),
            attribution.touched().knownKeys().unionByName(own.knownKeys()),
            stage.content(table).orElseThrow());
  }

  /** The sums of what was computed. */
  DeliveryAudit audit() {
    return audit;
  }

  /** Brings the tables to what was computed. */
  List<TableChange> write() {
    Dataset<Row> before = attribution.presentDeliveries();
    Dataset<Row> deliveries = attribution.deliveries();
    OwnEventChanges own =
        new OwnEventChanges(
            pinned,
            settings,
            attribution.persons(),
            attribution.identifiers(),
            attribution.moved(),
            ownEvents);
    own.touch(before.select("org", "person").unionByName(deliveries.select("org", "person")));
    ExposureChanges exposure =
        new ExposureChanges(
            pinned, attribution.touched(), deliveries, own.people(), own.exposureDays());
    List<TableChange> changes = new ArrayList<>();
    changes.add(
        writeTouched(AttributionTables.DELIVERIES, DeliveryOutputs.deliveries(deliveries), before));
    changes.add(
        writeTouched(
            AttributionTables.ENGAGEMENTS,
            DeliveryOutputs.engagements(deliveries),
            exposure.presentEngagements()));
    changes.add(writeCalls(deliveries));
    changes.add(writeAttributedEvents(own, exposure));
    changes.add(writeUnsubscribes());
    changes.add(
        write(
            AttributionTables.PERSON_IDENTIFIERS,
            attribution.identifiers().computed(),
            attribution.identifiers().present()));
    changes.add(writeKeys(own));
    return changes;
  }

  private TableChange writeCalls(Dataset<Row> deliveries) {
    TableSpec table = AttributionTables.WEBHOOK_CALLS;
    return audit.calls() == 0 && tables.isKnownEmpty(table)
        ? stage.unchanged(table)
        : writeTouched(table, DeliveryOutputs.webhookCalls(deliveries), present(table));
  }

  /** Those people's own events, and what metrics take of the touched deliveries' engagements. */
  private TableChange writeAttributedEvents(OwnEventChanges own, ExposureChanges exposure) {
    TableSpec table = AttributionTables.ATTRIBUTED_EVENTS;
    if (!index.measuresEngagements()) {
      return own.isEmpty()
          ? stage.unchanged(table)
          : write(table, own.computed(exposure.deliveries()), own.present());
    }
    Dataset<Row> computed = MeasuredEngagements.of(attribution.deliveries());
    Dataset<Row> present = present(table).where(MeasuredEngagements.isOne(settings));
    return own.isEmpty()
        ? write(table, computed, present)
        : write(
            table,
            own.computed(exposure.deliveries()).unionByName(computed),
            own.present().unionByName(present));
  }

  private Dataset<Row> present(TableSpec table) {
    TouchedDeliveries touched = attribution.touched();
    return touched
        .knownDeliveries()
        .among(pinned.readDays(table, touched.eventDays()), AttributionKeys.DELIVERY);
  }

  /** The new ones, and those of whoever has another name now. */
  private TableChange writeUnsubscribes() {
    TableSpec table = AttributionTables.PERSON_UNSUBSCRIBES;
    boolean isNobodyRenamed = attribution.concerned().isEmpty() || tables.isKnownEmpty(table);
    Dataset<Row> all = isNobodyRenamed ? unsubscribes : withRenamed();
    if (GroupSums.count(all) == 0) {
      return stage.unchanged(table);
    }
    Dataset<Row> present =
        pinned
            .read(table)
            .join(
                all.select("date", "org", "event_id"),
                new String[] {"date", "org", "event_id"},
                "left_semi");
    return write(
        table,
        attribution.persons().resolved(all).selectExpr(table.schema().fieldNames()),
        present);
  }

  private Dataset<Row> withRenamed() {
    Dataset<Row> renamed =
        AttributionKeys.kept(
            attribution
                .concerned()
                .renamed(
                    pinned
                        .read(AttributionTables.PERSON_UNSUBSCRIBES)
                        .select("date", "org", "event_id", "person", "person_reason"))
                .select("date", "org", "event_id"));
    Dataset<Row> again =
        PersonEvents.unsubscribes(
                pinned.readDays(EventsTable.SPEC, LakeTables.days(renamed, "date")), index)
            .join(renamed, new String[] {"date", "org", "event_id"}, "left_semi");
    return AttributionKeys.kept(
        unsubscribes.unionByName(again).dropDuplicates("date", "org", "event_id"));
  }

  /** Of new deliveries alone, no table has a row yet. */
  private TableChange writeTouched(TableSpec table, Dataset<Row> computed, Dataset<Row> present) {
    return attribution.touched().knownDeliveries().count() == 0
        ? new ChangedRows(tables).add(table, computed, stage.content(table).orElseThrow())
        : write(table, computed, present);
  }

  private TableChange write(TableSpec table, Dataset<Row> computed, Dataset<Row> present) {
    return new ChangedRows(tables)
        .apply(table, computed, present, stage.content(table).orElseThrow());
  }
}
