package dev.copyloop.jobs.attribute.table;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import dev.copyloop.events.lake.Tables;
import dev.copyloop.jobs.lake.Columns;
import dev.copyloop.jobs.lake.TableSpec;
import org.apache.spark.sql.types.DataTypes;

/** The shapes of the tables that attribution fills. */
public final class AttributionTables {

  /**
   * A row is a delivery, unique by (org, workspace, delivery_id), placed by the UTC date of its
   * send_at, else anchor_at. {@code arm} is treatment, control or none; {@code reason} says why
   * none, {@code copy_reason} why a treatment has no copy. {@code representative} marks the one
   * delivery that counts for its exposure.
   */
  public static final TableSpec DELIVERIES =
      TableSpec.daily(
          Tables.DELIVERIES,
          new Columns()
              .required(DateType, "date")
              .required(StringType, "org")
              .optional(StringType, "workspace")
              .required(StringType, "delivery_id")
              .optional(StringType, "channel", "template_id", "binding_id")
              .required(StringType, "arm")
              .optional(StringType, "arm_source", "reason")
              .optional(DataTypes.createArrayType(StringType, false), "candidates")
              .optional(StringType, "copy_id")
              .required(StringType, "copy_key")
              .optional(StringType, "copy_reason")
              .required(BooleanType, "stale")
              .optional(StringType, "generation_id", "journey_id", "action_id")
              .optional(StringType, "parent_action_id", "campaign_id", "broadcast_id")
              .optional(StringType, "newsletter_id", "transactional_message_id")
              .optional(StringType, "content_id", "trigger_id", "trigger_event_id")
              .optional(StringType, "person", "person_reason")
              .optional(TimestampType, "sent_at", "rendered_at")
              .required(TimestampType, "anchor_at")
              .optional(TimestampType, "send_at")
              .required(BooleanType, "send_implied")
              .optional(StringType, "exposure_id")
              .required(BooleanType, "representative")
              .optional(IntegerType, "message_no")
              .schema(),
          "person");

  /**
   * A row is an engagement event with its delivery's key and cohort, placed by the UTC date of the
   * event. {@code human_class} is null for all but opens and clicks; {@code raises_class} and
   * {@code displaced_class} move an exposure from one class to a stronger one.
   */
  public static final TableSpec ENGAGEMENTS =
      TableSpec.daily(
          Tables.ENGAGEMENTS,
          new Columns()
              .required(DateType, "date")
              .required(StringType, "org")
              .optional(StringType, "workspace")
              .required(StringType, "delivery_id", "event_id")
              .required(TimestampType, "occurred_at")
              .required(StringType, "metric")
              .optional(StringType, "link_id", "human_class")
              .required(BooleanType, "first_of_delivery", "first_of_exposure", "raises_class")
              .optional(StringType, "displaced_class", "channel", "template_id")
              .required(StringType, "arm", "copy_key")
              .optional(StringType, "reason", "action_id", "person")
              .optional(IntegerType, "message_no")
              .required(TimestampType, "cohort_at")
              .schema(),
          "person");

  /**
   * A row is a call of ours as Customer.io saw it, placed by the UTC date of its first event.
   * {@code lost} is a call that was answered but has no generation; null if that can't be known.
   */
  public static final TableSpec WEBHOOK_CALLS =
      TableSpec.daily(
          Tables.WEBHOOK_CALLS,
          new Columns()
              .required(DateType, "date")
              .required(StringType, "org")
              .optional(StringType, "workspace")
              .required(StringType, "delivery_id")
              .optional(StringType, "template_id", "campaign_id", "broadcast_id", "action_id")
              .optional(StringType, "journey_id", "person", "generation_id")
              .required(TimestampType, "called_at")
              .optional(TimestampType, "sent_at", "failed_at")
              .required(StringType, "outcome")
              .optional(BooleanType, "lost")
              .schema(),
          "person");

  /**
   * A row is one result of one rule for one custom event, placed by the UTC date of the event:
   * {@code kind} credit (its credits sum to 1), lift (once per template), or none with its reason.
   */
  public static final TableSpec ATTRIBUTED_EVENTS =
      TableSpec.daily(
          Tables.ATTRIBUTED_EVENTS,
          new Columns()
              .required(DateType, "date")
              .required(StringType, "org", "rule_id")
              .required(IntegerType, "rule_version")
              .required(StringType, "event_id")
              .required(TimestampType, "occurred_at")
              .required(StringType, "kind")
              .optional(StringType, "reason", "person", "workspace", "delivery_id")
              .optional(StringType, "template_id", "arm", "copy_id", "copy_key", "action_id")
              .optional(StringType, "channel")
              .optional(IntegerType, "message_no")
              .optional(StringType, "touch")
              .optional(TimestampType, "touch_at", "send_at")
              .optional(Columns.MONEY, "credit", "value")
              .optional(StringType, "currency")
              .required(BooleanType, "first_of_person")
              .schema(),
          "person");

  /**
   * A row is an identifier that occurred together with others, unique by (org, kind, identifier).
   * An identifier without a row is a person of its own. {@code person} is who it stands for: null
   * if several people share it ({@code ambiguous}). {@code linked_with} holds every identifier it
   * occurred with, each as {@code <kind>:<identifier>}, sorted: so the table is all that is needed
   * to understand further links without reading old events again.
   */
  public static final TableSpec PERSON_IDENTIFIERS =
      TableSpec.flat(
          Tables.PERSON_IDENTIFIERS,
          new Columns()
              .required(StringType, "org", "kind", "identifier")
              .optional(StringType, "person")
              .required(BooleanType, "ambiguous")
              .required(DataTypes.createArrayType(StringType, false), "linked_with")
              .schema(),
          "identifier",
          "person",
          "linked_with");

  /**
   * A row is a person's unsubscribing as such, by no single message: an {@code unsubscribed} event
   * without a delivery. Placed by the UTC date of the event. {@code channel} is the one that caused
   * it, {@code customer} if none is named.
   */
  public static final TableSpec PERSON_UNSUBSCRIBES =
      TableSpec.daily(
          Tables.PERSON_UNSUBSCRIBES,
          new Columns()
              .required(DateType, "date")
              .required(StringType, "org")
              .optional(StringType, "workspace")
              .required(StringType, "event_id")
              .required(TimestampType, "occurred_at")
              .optional(StringType, "channel", "person", "person_reason")
              .optional(StringType, "campaign_id", "broadcast_id", "newsletter_id")
              .schema(),
          "person");

  /**
   * A row says that events of a delivery lie on a day, and which journey they name; without {@code
   * key}, that generations of a journey or events of somebody's own do. Hashes, unique together:
   * what lets a night find all that its news touch without reading old events.
   */
  public static final TableSpec ATTRIBUTION_KEYS =
      TableSpec.daily(
          Tables.ATTRIBUTION_KEYS,
          new Columns()
              .required(DateType, "date")
              .optional(DataTypes.LongType, AttributionKeys.KEY, AttributionKeys.LINK)
              .schema());

  private AttributionTables() {}
}
