package dev.copyloop.jobs.attribute.journey;

import static dev.copyloop.jobs.lake.InternalRows.text;
import static dev.copyloop.jobs.lake.InternalRows.texts;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import dev.copyloop.events.generation.Arm;
import dev.copyloop.events.settings.HumanClass;
import dev.copyloop.jobs.attribute.row.RowCursor;
import dev.copyloop.jobs.lake.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/** {@link Delivery} as a row between two steps of attribution; times are epoch microseconds. */
final class DeliveryRows {

  private static final StructType MEASURED =
      new Columns()
          .required(StringType, "metric_id")
          .required(IntegerType, "metric_version")
          .required(BooleanType, "first_of_journey")
          .schema();

  private static final StructType ENGAGEMENT =
      new Columns()
          .required(StringType, "event_id")
          .required(LongType, "occurred_at")
          .required(StringType, "metric")
          .optional(StringType, "link_id", "human_class")
          .required(BooleanType, "first_of_delivery", "first_of_exposure", "raises_class")
          .optional(StringType, "displaced_class")
          .optional(DataTypes.createArrayType(MEASURED, false), "measured")
          .schema();

  static final StructType SCHEMA =
      new Columns()
          .required(StringType, "org", "workspace", "delivery_id")
          .optional(StringType, "channel", "journey_id", "action_id", "parent_action_id")
          .optional(StringType, "campaign_id", "broadcast_id", "newsletter_id")
          .optional(StringType, "transactional_message_id", "content_id", "trigger_id")
          .optional(StringType, "trigger_event_id", "person")
          .required(BooleanType, "keyed")
          .optional(StringType, "person_reason")
          .required(DataTypes.createArrayType(StringType, false), "identifiers")
          .optional(LongType, "sent_at", "rendered_at")
          .required(LongType, "anchor_at")
          .optional(LongType, "send_at")
          .optional(StringType, "template_id", "binding_id", "arm", "arm_source", "reason")
          .required(DataTypes.createArrayType(StringType, false), "candidates")
          .required(BooleanType, "awaits_control_action")
          .optional(StringType, "copy_id")
          .required(StringType, "copy_key")
          .optional(StringType, "generation_id")
          .required(BooleanType, "stale")
          .optional(StringType, "copy_reason")
          .required(BooleanType, "awaits_person")
          .optional(StringType, "exposure_id")
          .required(BooleanType, "representative")
          .optional(IntegerType, "message_no")
          .required(DataTypes.createArrayType(ENGAGEMENT, false), "engagements")
          .schema();

  private DeliveryRows() {}

  static InternalRow write(Delivery delivery) {
    List<Object> row = new ArrayList<>(SCHEMA.size());
    addIds(row, delivery.ids());
    addTimes(row, delivery.times());
    addClaim(row, delivery.claim());
    addCopy(row, delivery.copy());
    row.add(text(delivery.exposure().id()));
    row.add(delivery.exposure().representative());
    row.add(delivery.exposure().messageNo());
    row.add(array(delivery.engagements(), DeliveryRows::write));
    return new GenericInternalRow(row.toArray());
  }

  private static void addIds(List<Object> row, DeliveryIds ids) {
    row.add(text(ids.org()));
    row.add(text(ids.workspace()));
    row.add(text(ids.deliveryId()));
    row.add(text(ids.channel()));
    row.add(text(ids.journeyId()));
    row.add(text(ids.actionId()));
    row.add(text(ids.parentActionId()));
    row.add(text(ids.campaignId()));
    row.add(text(ids.broadcastId()));
    row.add(text(ids.newsletterId()));
    row.add(text(ids.transactionalMessageId()));
    row.add(text(ids.contentId()));
    row.add(text(ids.triggerId()));
    row.add(text(ids.triggerEventId()));
    row.add(text(ids.person()));
    row.add(ids.keyed());
    row.add(text(ids.personReason()));
    row.add(texts(ids.identifiers()));
  }

  private static void addTimes(List<Object> row, SendTimes times) {
    row.add(times.sentAt());
    row.add(times.renderedAt());
    row.add(times.anchorAt());
    row.add(times.sendAt());
  }

  private static void addClaim(List<Object> row, Claim claim) {
    row.add(text(claim.templateId()));
    row.add(text(claim.bindingId()));
    row.add(claim.arm() == null ? null : text(claim.arm().label()));
    row.add(claim.source() == null ? null : text(claim.source().label()));
    row.add(claim.reason() == null ? null : text(claim.reason().label()));
    row.add(texts(claim.candidates()));
    row.add(claim.awaitsControlAction());
  }

  private static void addCopy(List<Object> row, CopyMatch copy) {
    row.add(text(copy.copyId()));
    row.add(text(copy.copyKey()));
    row.add(text(copy.generationId()));
    row.add(copy.stale());
    row.add(text(copy.reason()));
    row.add(copy.awaitsPerson());
  }

  private static InternalRow write(Engagement engagement) {
    return new GenericInternalRow(
        new Object[] {
          text(engagement.eventId()),
          engagement.occurredAt(),
          text(engagement.metric()),
          text(engagement.linkId()),
          label(engagement.humanClass()),
          engagement.firstOfDelivery(),
          engagement.firstOfExposure(),
          engagement.raisesClass(),
          label(engagement.displacedClass()),
          engagement.measured().isEmpty() ? null : array(engagement.measured(), DeliveryRows::write)
        });
  }

  private static InternalRow write(Measured measured) {
    return new GenericInternalRow(
        new Object[] {
          text(measured.metricId()), measured.metricVersion(), measured.firstOfJourney()
        });
  }

  private static <T> GenericArrayData array(List<T> each, Function<T, InternalRow> writing) {
    Object[] rows = new Object[each.size()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = writing.apply(each.get(i));
    }
    return new GenericArrayData(rows);
  }

  private static UTF8String label(HumanClass humanClass) {
    return humanClass == null ? null : text(humanClass.label());
  }

  static Delivery read(RowCursor columns) {
    return new Delivery(
        ids(columns),
        times(columns),
        claim(columns),
        copy(columns),
        new Exposure(columns.text(), columns.flag(), columns.optionalInteger()),
        columns.rows(ENGAGEMENT.size(), DeliveryRows::engagement));
  }

  private static DeliveryIds ids(RowCursor columns) {
    return new DeliveryIds(
        columns.text(),
        columns.text(),
        columns.text(),
        columns.text(),
        columns.text(),
        columns.text(),
        columns.text(),
        columns.text(),
        columns.text(),
        columns.text(),
        columns.text(),
        columns.text(),
        columns.text(),
        columns.text(),
        columns.text(),
        columns.flag(),
        columns.text(),
        columns.texts());
  }

  private static SendTimes times(RowCursor columns) {
    return new SendTimes(
        columns.optionalNumber(),
        columns.optionalNumber(),
        columns.number(),
        columns.optionalNumber());
  }

  private static Claim claim(RowCursor columns) {
    return new Claim(
        columns.text(),
        columns.text(),
        value(Arm.class, columns.text()),
        value(ArmSource.class, columns.text()),
        value(UnattributedReason.class, columns.text()),
        columns.texts(),
        columns.flag());
  }

  private static CopyMatch copy(RowCursor columns) {
    return new CopyMatch(
        columns.text(),
        columns.text(),
        columns.text(),
        columns.flag(),
        columns.text(),
        columns.flag());
  }

  private static Engagement engagement(RowCursor columns) {
    return new Engagement(
        columns.text(),
        columns.number(),
        columns.text(),
        columns.text(),
        value(HumanClass.class, columns.text()),
        columns.flag(),
        columns.flag(),
        columns.flag(),
        value(HumanClass.class, columns.text()),
        columns.rows(MEASURED.size(), DeliveryRows::measured));
  }

  private static Measured measured(RowCursor columns) {
    return new Measured(columns.text(), columns.optionalInteger(), columns.flag());
  }

  private static <E extends Enum<E>> E value(Class<E> type, String label) {
    return label == null ? null : Enum.valueOf(type, label.toUpperCase(Locale.ROOT));
  }
}
