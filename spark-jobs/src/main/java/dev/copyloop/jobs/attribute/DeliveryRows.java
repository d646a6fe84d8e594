package dev.copyloop.jobs.attribute;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import dev.copyloop.events.generation.Arm;
import dev.copyloop.jobs.lake.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** {@link Delivery} as a row between two steps of attribution; times are epoch microseconds. */
final class DeliveryRows {

  private static final StructType ENGAGEMENT =
      new Columns()
          .required(StringType, "event_id")
          .required(LongType, "occurred_at")
          .required(StringType, "metric")
          .optional(StringType, "link_id", "human_class")
          .required(BooleanType, "first_of_delivery", "first_of_exposure", "raises_class")
          .optional(StringType, "displaced_class")
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

  static Row write(Delivery delivery) {
    List<Object> row = new ArrayList<>(SCHEMA.size());
    addIds(row, delivery.ids());
    addTimes(row, delivery.times());
    addClaim(row, delivery.claim());
    addCopy(row, delivery.copy());
    row.add(delivery.exposure().id());
    row.add(delivery.exposure().representative());
    row.add(delivery.exposure().messageNo());
    row.add(delivery.engagements().stream().map(DeliveryRows::write).toArray(Row[]::new));
    return RowFactory.create(row.toArray());
  }

  private static void addIds(List<Object> row, DeliveryIds ids) {
    row.add(ids.org());
    row.add(ids.workspace());
    row.add(ids.deliveryId());
    row.add(ids.channel());
    row.add(ids.journeyId());
    row.add(ids.actionId());
    row.add(ids.parentActionId());
    row.add(ids.campaignId());
    row.add(ids.broadcastId());
    row.add(ids.newsletterId());
    row.add(ids.transactionalMessageId());
    row.add(ids.contentId());
    row.add(ids.triggerId());
    row.add(ids.triggerEventId());
    row.add(ids.person());
    row.add(ids.keyed());
    row.add(ids.personReason());
    row.add(ids.identifiers().toArray(String[]::new));
  }

  private static void addTimes(List<Object> row, SendTimes times) {
    row.add(times.sentAt());
    row.add(times.renderedAt());
    row.add(times.anchorAt());
    row.add(times.sendAt());
  }

  private static void addClaim(List<Object> row, Claim claim) {
    row.add(claim.templateId());
    row.add(claim.bindingId());
    row.add(claim.arm() == null ? null : claim.arm().label());
    row.add(claim.source() == null ? null : claim.source().label());
    row.add(claim.reason() == null ? null : claim.reason().label());
    row.add(claim.candidates().toArray(String[]::new));
    row.add(claim.awaitsControlAction());
  }

  private static void addCopy(List<Object> row, CopyMatch copy) {
    row.add(copy.copyId());
    row.add(copy.copyKey());
    row.add(copy.generationId());
    row.add(copy.stale());
    row.add(copy.reason());
    row.add(copy.awaitsPerson());
  }

  private static Row write(Engagement engagement) {
    return RowFactory.create(
        engagement.eventId(),
        engagement.occurredAt(),
        engagement.metric(),
        engagement.linkId(),
        label(engagement.humanClass()),
        engagement.firstOfDelivery(),
        engagement.firstOfExposure(),
        engagement.raisesClass(),
        label(engagement.displacedClass()));
  }

  private static String label(HumanClass humanClass) {
    return humanClass == null ? null : humanClass.label();
  }

  static Delivery read(Row row) {
    RowCursor columns = new RowCursor(row);
    return new Delivery(
        ids(columns),
        times(columns),
        claim(columns),
        copy(columns),
        new Exposure(columns.text(), columns.flag(), columns.optionalInteger()),
        columns.<Row>list().stream().map(DeliveryRows::engagement).toList());
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
        columns.list());
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
        columns.list(),
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

  private static Engagement engagement(Row row) {
    RowCursor columns = new RowCursor(row);
    return new Engagement(
        columns.text(),
        columns.number(),
        columns.text(),
        columns.text(),
        value(HumanClass.class, columns.text()),
        columns.flag(),
        columns.flag(),
        columns.flag(),
        value(HumanClass.class, columns.text()));
  }

  private static <E extends Enum<E>> E value(Class<E> type, String label) {
    return label == null ? null : Enum.valueOf(type, label.toUpperCase(Locale.ROOT));
  }
}
