package dev.copyloop.jobs.attribute;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.xxhash64;

import dev.copyloop.events.settings.AttributionRule;
import dev.copyloop.events.settings.CustomMetric;
import dev.copyloop.events.settings.Settings;
import dev.copyloop.jobs.attribute.customevents.CustomEventSteps;
import dev.copyloop.jobs.attribute.customevents.MeasuredEngagements;
import dev.copyloop.jobs.attribute.person.Persons;
import dev.copyloop.jobs.attribute.settings.SettingsIndex;
import dev.copyloop.jobs.attribute.table.AttributionKeys;
import dev.copyloop.jobs.attribute.table.AttributionTables;
import dev.copyloop.jobs.hash.RowHash;
import dev.copyloop.jobs.hash.WantedHashes;
import dev.copyloop.jobs.lake.EventsTable;
import dev.copyloop.jobs.lake.LakeTables;
import dev.copyloop.jobs.lake.PinnedTables;
import java.time.Duration;
import java.time.LocalDate;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * All events of the people whose deliveries, events or names changed, attributed anew against the
 * deliveries as they are now.
 */
final class OwnEventChanges {

  private static final String[] IDENTITY = {"date", "org", "event_id"};

  private final PinnedTables tables;
  private final Settings settings;
  private final SettingsIndex index;
  private final Persons persons;
  private final IdentifierChanges identifiers;
  private final Dataset<Row> moved;
  private final Dataset<Row> changed;
  private final SortedSet<LocalDate> exposureDays = new TreeSet<>();
  private SortedSet<LocalDate> days;
  private Dataset<Row> events;
  private Dataset<Row> knownKeys;
  private boolean isEmpty;

  /**
   * @param moved of {@link IdentifierChanges#moved}
   * @param changed of {@link AttributionKeyRows#ownEvents}, of the changed rows
   */
  OwnEventChanges(
      PinnedTables tables,
      Settings settings,
      Persons persons,
      IdentifierChanges identifiers,
      Dataset<Row> moved,
      Dataset<Row> changed) {
    this.tables = tables;
    this.settings = settings;
    this.index = new SettingsIndex(settings);
    this.persons = persons;
    this.identifiers = identifiers;
    this.moved = moved;
    this.changed = changed;
  }

  /**
   * Finds the events.
   *
   * @param people whose deliveries changed: {@code org} and {@code person}, by old and new names
   */
  void touch(Dataset<Row> people) {
    WantedHashes names = names(people);
    knownKeys =
        AttributionKeys.kept(
            names.among(
                tables.read(AttributionTables.ATTRIBUTION_KEYS),
                RowHash.ofNumber(AttributionKeys.LINK).whereNull(AttributionKeys.KEY)));
    days = LakeTables.days(knownKeys.select("date").unionByName(changed.select("date")), "date");
    Dataset<Row> ofNames =
        names.among(
            AttributionKeyRows.ownEventsAmong(tables.readDays(EventsTable.SPEC, days), index),
            AttributionKeys.person(col("name")));
    // Of nobody: each stands alone.
    Dataset<Row> ofNobody = changed.where(col("name").isNull());
    events = AttributionKeys.kept(ofNames.unionByName(ofNobody).drop("name"));
    SortedSet<LocalDate> happened = LakeTables.days(events, "date");
    isEmpty = happened.isEmpty();
    if (!isEmpty) {
      happened
          .first()
          .minusDays(windowDays())
          .datesUntil(happened.last().plusDays(1))
          .forEach(day -> exposureDays.add(day));
    }
  }

  /** Whether there is none. */
  boolean isEmpty() {
    return isEmpty;
  }

  /** The keys of their events that the table has, those of the changed events among them. */
  Dataset<Row> knownKeys() {
    return knownKeys;
  }

  /** Hashes of every name by which an event may call one of those people. */
  private WantedHashes names(Dataset<Row> people) {
    Column name = AttributionKeys.person(col("person"));
    Dataset<Row> resolved =
        persons
            .resolvedOwnEvents(changed.select(col("org"), col("name").as("person")))
            .select("org", "person");
    Dataset<Row> concerned =
        people
            .unionByName(resolved)
            .unionByName(moved.select(col("org"), col("old_person").as("person")))
            .unionByName(moved.select(col("org"), col("new_person").as("person")));
    Dataset<Row> own = identifiers.computed().withColumn("name", Persons.ownName(index));
    Dataset<Row> theirs =
        AttributionKeys.among(own, AttributionKeys.person(col("person")), concerned.select(name));
    return WantedHashes.of(
        concerned
            .select(name)
            .union(theirs.select(AttributionKeys.person(col("name"))))
            .union(moved.select(AttributionKeys.person(col("name"))))
            .union(changed.select(AttributionKeys.person(col("name")))));
  }

  /** Hashes of the people they are about. */
  WantedHashes people() {
    return WantedHashes.of(
        CustomEventSteps.people(events, persons, settings)
            .select(AttributionKeys.person(col("person"))));
  }

  /** The days of the events, and those inside the longest window before them. */
  SortedSet<LocalDate> exposureDays() {
    return exposureDays;
  }

  /**
   * Their results.
   *
   * @param exposed deliveries of those people, as {@link CustomEventSteps} takes them
   */
  Dataset<Row> computed(Dataset<Row> exposed) {
    return AttributionKeys.kept(
        CustomEventSteps.attributedAmong(events, exposed, persons, settings));
  }

  /** The table's rows of the same events. */
  Dataset<Row> present() {
    Column identity = xxhash64(col(IDENTITY[0]), col(IDENTITY[1]), col(IDENTITY[2]));
    return AttributionKeys.among(
        tables
            .readDays(AttributionTables.ATTRIBUTED_EVENTS, days)
            .where(not(MeasuredEngagements.isOne(settings))),
        identity,
        events.select(identity));
  }

  private long windowDays() {
    return settings.orgs().stream()
            .flatMap(
                org ->
                    Stream.concat(
                        org.rules().stream().map(AttributionRule::window),
                        org.measurement().ownEventMetrics().stream().map(CustomMetric::window)))
            .mapToLong(Duration::toDays)
            .max()
            .orElse(0)
        + 1;
  }
}
