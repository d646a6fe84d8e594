package dev.copyloop.jobs.attribute.customevents;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import dev.copyloop.events.landing.Source;
import dev.copyloop.events.landing.Verification;
import dev.copyloop.events.settings.AttributionRule;
import dev.copyloop.events.settings.HumanClass;
import dev.copyloop.events.settings.Settings;
import dev.copyloop.jobs.attribute.journey.DeliveryOutputs;
import dev.copyloop.jobs.attribute.journey.Engagement;
import dev.copyloop.jobs.attribute.person.Persons;
import dev.copyloop.jobs.attribute.row.HashedRows;
import dev.copyloop.jobs.attribute.settings.SettingsIndex;
import dev.copyloop.jobs.attribute.table.AttributionKeys;
import dev.copyloop.jobs.attribute.table.AttributionTables;
import dev.copyloop.jobs.lake.ChosenRows;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/** The shuffle of custom-event attribution: a person's deliveries and events meet. */
public final class CustomEventSteps {

  /** What {@link CustomEventRows#delivery} reads first: what the table of deliveries has too. */
  static final List<String> DELIVERY =
      List.of(
          "delivery_id",
          "workspace",
          "template_id",
          "arm",
          "copy_id",
          "copy_key",
          "action_id",
          "channel",
          "journey_id",
          "message_no",
          "representative",
          "send_at");

  /** What it reads then. */
  private static final List<String> TOUCHES = List.of("human_opens", "human_clicks");

  /** The columns of {@code events} that an org's own events are read from. */
  private static final String[] EVENT = {
    "date",
    "org",
    "source",
    "verification",
    "event_id",
    "event_name",
    "user_id",
    "occurred_at",
    "value",
    "currency",
    "copy_id",
    "tracking_id",
    "properties"
  };

  private CustomEventSteps() {}

  /** The org's own among events, in the columns that are read of them. */
  public static Dataset<Row> ownEvents(Dataset<Row> events) {
    return events.where(isOwnEvent()).selectExpr(EVENT);
  }

  /** The same of a table's rows, of which they are few. */
  public static Dataset<Row> ownEventsAmong(Dataset<Row> table) {
    return ChosenRows.of(table.selectExpr(EVENT), CustomEventSteps::isOwnEvent);
  }

  private static ChosenRows.Choice isOwnEvent(StructType columns) {
    int source = columns.fieldIndex("source");
    int verification = columns.fieldIndex("verification");
    UTF8String own = UTF8String.fromString(Source.EVENTS.label());
    UTF8String unverified = UTF8String.fromString(Verification.UNVERIFIED.label());
    return row ->
        row.getUTF8String(source).equals(own)
            && !row.getUTF8String(verification).equals(unverified);
  }

  /**
   * Every rule's and metric's results, shaped as {@link AttributionTables#ATTRIBUTED_EVENTS}.
   *
   * @param exposed of {@link #exposed} or {@link ExposedDeliveryRows#of}
   */
  public static Dataset<Row> attributed(
      Dataset<Row> events, Dataset<Row> exposed, Persons persons, Settings settings) {
    SettingsIndex index = new SettingsIndex(settings);
    Dataset<Row> own = customEvents(events, persons, settings, index);
    Dataset<Row> ofThem =
        AttributionKeys.among(exposed, xxhash64(exposedKey()), own.select(xxhash64(personKey())));
    return met(own, ofThem, index);
  }

  /**
   * The same where deliveries are of those people only, but for a few.
   *
   * @param exposed of {@link ExposedDeliveryRows#of}
   */
  public static Dataset<Row> attributedAmong(
      Dataset<Row> events, Dataset<Row> exposed, Persons persons, Settings settings) {
    SettingsIndex index = new SettingsIndex(settings);
    return met(customEvents(events, persons, settings, index), exposed, index);
  }

  private static String[] exposedColumns() {
    return Stream.concat(DELIVERY.stream(), TOUCHES.stream()).toArray(String[]::new);
  }

  private static Column exposedKey() {
    return concat_ws("\u0000", col("org"), concat(lit("p"), col("person")));
  }

  private static Dataset<Row> met(Dataset<Row> own, Dataset<Row> ofThem, SettingsIndex index) {
    return HashedRows.named(
            own, personKey(), HashedRows.columns(own.columns()), CustomEventRows::event)
        .meeting(
            HashedRows.named(
                ofThem,
                exposedKey(),
                HashedRows.columns(exposedColumns()),
                CustomEventRows::delivery),
            (ofPeople, touched) -> ofPeople(ofPeople, touched, index),
            AttributionTables.ATTRIBUTED_EVENTS.schema());
  }

  /** Whether a row of events is of the org's own and may be counted. */
  public static Column isOwnEvent() {
    return col("source")
        .equalTo(Source.EVENTS.label())
        .and(col("verification").notEqual(Verification.UNVERIFIED.label()));
  }

  /** Whom the orgs' own events turn out to be about: a name with its org, some several times. */
  public static Dataset<Row> people(Dataset<Row> events, Persons persons, Settings settings) {
    return customEvents(events, persons, settings, new SettingsIndex(settings))
        .where(col("person").isNotNull())
        .select("org", "person");
  }

  /** Attributed deliveries that a person was sent, with the times of human touches. */
  public static Dataset<Row> exposed(Dataset<Row> deliveries) {
    return deliveries
        .where(
            col("template_id")
                .isNotNull()
                .and(col("send_at").isNotNull())
                .and(col("person").isNotNull())
                .and(DeliveryOutputs.isCall().equalTo(false)))
        .withColumn("human_opens", times(Engagement.OPENED))
        .withColumn("human_clicks", times(Engagement.CLICKED));
  }

  private static Column times(String metric) {
    return expr(
        "transform(filter(engagements, each -> each.metric = '%s' AND each.human_class = '%s'), each -> each.occurred_at)"
            .formatted(metric, HumanClass.HUMAN.label()));
  }

  /** What {@link CustomEventRows#event} reads of the events that any rule or metric names. */
  private static Dataset<Row> customEvents(
      Dataset<Row> events, Persons persons, Settings settings, SettingsIndex index) {
    String[] names = eventNames(settings);
    Dataset<Row> named =
        events
            .where(isOwnEvent().and(col("event_name").isin((Object[]) names)))
            .withColumn("person", Persons.ofOwnEvent(index));
    return persons
        .resolvedOwnEvents(named)
        .select(
            col("org"),
            col("event_id"),
            col("event_name"),
            unix_micros(col("occurred_at")).as("occurred_at"),
            col("person"),
            col("person_reason"),
            col("value"),
            col("currency"),
            col("copy_id"),
            col("tracking_id"),
            hasFilters(settings) ? col("properties") : lit(null).cast("string").as("properties"));
  }

  /** Whether any metric looks into an event's properties: only then are they carried along. */
  private static boolean hasFilters(Settings settings) {
    return settings.orgs().stream()
        .flatMap(org -> org.measurement().ownEventMetrics().stream())
        .anyMatch(metric -> !metric.where().isEmpty());
  }

  private static String[] eventNames(Settings settings) {
    return settings.orgs().stream()
        .flatMap(
            org ->
                Stream.concat(
                    org.rules().stream().map(AttributionRule::eventName),
                    org.measurement().ownEventMetrics().stream()
                        .flatMap(metric -> metric.eventName().stream())))
        .distinct()
        .toArray(String[]::new);
  }

  private static Column personKey() {
    return concat_ws(
        "\u0000",
        col("org"),
        when(col("person").isNotNull(), concat(lit("p"), col("person")))
            .otherwise(concat(lit("e"), col("event_id"))));
  }

  private static Iterator<InternalRow> ofPeople(
      List<HashedRows.Named<CustomEvent>> events,
      List<HashedRows.Named<ExposedDelivery>> exposed,
      SettingsIndex settings) {
    Map<String, List<ExposedDelivery>> deliveries = HashedRows.Named.byName(exposed);
    return HashedRows.Named.byName(events).entrySet().stream()
        .flatMap(
            person ->
                ofPerson(
                    person.getValue(),
                    deliveries.getOrDefault(person.getKey(), List.of()),
                    settings))
        .map(CustomEventRows::write)
        .iterator();
  }

  private static Stream<AttributedEvent> ofPerson(
      List<CustomEvent> events, List<ExposedDelivery> deliveries, SettingsIndex settings) {
    String org = events.get(0).org();
    Stream<AttributedEvent> ofRules =
        settings.rules(org).stream()
            .flatMap(rule -> PersonAttribution.attribute(rule, deliveries, events).stream());
    Stream<AttributedEvent> ofMetrics =
        settings.ownEventMetrics(org).stream()
            .flatMap(metric -> PersonMetrics.measure(metric, deliveries, events).stream());
    return Stream.concat(ofRules, ofMetrics);
  }
}
