package dev.copyloop.jobs.compact;

import dev.copyloop.events.custom.CustomEvent;
import dev.copyloop.events.customerio.ReportingEvent;
import dev.copyloop.events.customerio.ReportingMember;
import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.jobs.lake.EventsTable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/** Spells rows of {@code events}. */
final class EventRows {
  /** How they are packed. */
  static final PackedLineRows PACKED = new PackedLineRows(EventsTable.SPEC.schema());

  private static final RowBuilder.Layout LAYOUT = new RowBuilder.Layout(EventsTable.SPEC);
  private static final int LANDING_OBJECT = LAYOUT.position("landing_object");
  private static final int LANDING_LINE = LAYOUT.position("landing_line");
  private static final int BATCH_ID = LAYOUT.position("batch_id");
  private static final List<Member> TEXTS =
      members(
          ReportingMember.OBJECT_TYPE,
          ReportingMember.METRIC,
          ReportingMember.DELIVERY_ID,
          ReportingMember.JOURNEY_ID,
          ReportingMember.ACTION_ID,
          ReportingMember.PARENT_ACTION_ID,
          ReportingMember.CAMPAIGN_ID,
          ReportingMember.BROADCAST_ID,
          ReportingMember.NEWSLETTER_ID,
          ReportingMember.TRANSACTIONAL_MESSAGE_ID,
          ReportingMember.CONTENT_ID,
          ReportingMember.TRIGGER_ID,
          ReportingMember.TRIGGER_EVENT_ID,
          ReportingMember.CUSTOMER_ID,
          ReportingMember.PERSON_ID,
          ReportingMember.PERSON_EMAIL,
          ReportingMember.PERSON_CIO_ID,
          ReportingMember.RECIPIENT,
          ReportingMember.SUBJECT,
          ReportingMember.HREF,
          ReportingMember.LINK_ID,
          ReportingMember.FAILURE_MESSAGE);
  private static final List<Member> FLAGS =
      members(
          ReportingMember.PROXIED,
          ReportingMember.PREFETCHED,
          ReportingMember.SYNTHETIC,
          ReportingMember.MACHINE);

  /** A member of a webhook, and where its column lies. */
  private record Member(ReportingMember member, int position) {}

  private static List<Member> members(ReportingMember... members) {
    return Arrays.stream(members)
        .map(member -> new Member(member, LAYOUT.position(member.label())))
        .toList();
  }

  private EventRows() {}

  /** The row of a line by column, but for where it landed and which batch brought it. */
  static Object[] values(ParsedLine.Good line, LineDigests digests) {
    RowBuilder row = LAYOUT.row();
    envelope(row, line, digests);
    if (line instanceof ParsedLine.Reporting reporting) {
      reporting(row, reporting.event());
    } else if (line instanceof ParsedLine.Custom custom) {
      custom(row, custom.event());
    } else {
      throw new IllegalArgumentException("A generation is no event");
    }
    return row.values();
  }

  /** A row whose values lacked where its line landed and which batch brought it. */
  static InternalRow brought(Object[] values, UTF8String object, int line, UTF8String batchId) {
    values[LANDING_OBJECT] = object;
    values[LANDING_LINE] = line;
    values[BATCH_ID] = batchId;
    return new GenericInternalRow(values);
  }

  private static void envelope(RowBuilder row, ParsedLine.Good line, LineDigests digests) {
    LandingLine envelope = line.envelope();
    row.set("date", ObjectIndexer.epochDay(line.occurredAtMillis()))
        .set("org", envelope.org())
        .set("source", envelope.source().label())
        .set("event_id", envelope.eventId())
        .time("occurred_at", line.occurredAtMillis())
        .time("received_at", envelope.receivedAtMillis())
        .set("verification", envelope.verification().label())
        .set("workspace", envelope.workspace())
        .set("body_sha256", digests.bodyHex())
        .set("identity_hash", digests.identity().high());
  }

  private static void reporting(RowBuilder row, ReportingEvent event) {
    for (Member text : TEXTS) {
      event.text(text.member()).ifPresent(value -> row.set(text.position(), value));
    }
    for (Member flag : FLAGS) {
      event.flag(flag.member()).ifPresent(value -> row.set(flag.position(), value));
    }
    row.set("extra", event.extra());
  }

  private static void custom(RowBuilder row, CustomEvent event) {
    row.set("event_name", event.name())
        .set("user_id", event.userId())
        .set("currency", event.currency())
        .set("copy_id", event.copyId())
        .set("tracking_id", event.trackingId())
        .set("properties", event.properties())
        .set("extra", event.extra());
    event.value().ifPresent(value -> row.set("value", value));
  }
}
