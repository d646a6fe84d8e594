package dev.copyloop.jobs.lake;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import dev.copyloop.events.lake.Tables;

/**
 * {@code events}: a row is a distinct event, placed by the UTC date of its time.
 *
 * <p>Unique by (date, org, source, event_id). {@code batch_id} is the batch that first brought the
 * event; {@code landing_object} and {@code landing_line} (from 1) are where the row's line lies.
 * {@code identity_hash} is the first 64 bits of a SHA-256 of org, source and event_id, by which
 * repeated events are looked for; null in rows of the release before.
 */
public final class EventsTable {
  public static final TableSpec SPEC =
      TableSpec.daily(
          Tables.EVENTS,
          new Columns()
              .required(DateType, "date")
              .required(StringType, "org", "source", "event_id")
              .required(TimestampType, "occurred_at", "received_at")
              .required(StringType, "verification")
              .optional(StringType, "workspace", "object_type", "metric", "delivery_id")
              .optional(StringType, "journey_id", "action_id", "parent_action_id")
              .optional(StringType, "campaign_id", "broadcast_id", "newsletter_id")
              .optional(StringType, "transactional_message_id", "content_id", "trigger_id")
              .optional(StringType, "trigger_event_id", "customer_id", "person_id")
              .optional(StringType, "person_email", "person_cio_id", "recipient", "subject")
              .optional(StringType, "href", "link_id", "failure_message")
              .optional(BooleanType, "proxied", "prefetched", "synthetic", "machine")
              .optional(StringType, "event_name", "user_id")
              .optional(Columns.MONEY, "value")
              .optional(StringType, "currency", "copy_id", "tracking_id", "properties", "extra")
              .required(StringType, "landing_object")
              .required(IntegerType, "landing_line")
              .required(StringType, "body_sha256", "batch_id")
              .optional(LongType, "identity_hash")
              .schema(),
          "customer_id",
          "person_id",
          "person_email",
          "person_cio_id",
          "recipient",
          "subject",
          "href",
          "failure_message",
          "user_id",
          "tracking_id",
          "properties",
          "extra");

  private EventsTable() {}
}
