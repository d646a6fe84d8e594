package dev.copyloop.jobs.attribute.journey;

import static org.apache.spark.sql.functions.array_min;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.when;

import dev.copyloop.jobs.attribute.table.AttributionTables;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Cuts the tables out of the attributed deliveries. */
public final class DeliveryOutputs {

  /** The arm of an unattributed delivery. */
  public static final String NO_ARM = "none";

  private DeliveryOutputs() {}

  /**
   * The messages among them, shaped as {@link AttributionTables#DELIVERIES}.
   *
   * @param attributed shaped as {@link DeliveryRows#SCHEMA}, their people resolved
   */
  public static Dataset<Row> deliveries(Dataset<Row> attributed) {
    Dataset<Row> messages =
        messages(attributed)
            .withColumn("date", to_date(timestamp_micros(cohortAt())))
            .withColumn("send_implied", expr("sent_at IS NULL AND send_at IS NOT NULL"))
            .withColumn("candidates", when(size(col("candidates")).gt(0), col("candidates")));
    for (String time : new String[] {"sent_at", "rendered_at", "anchor_at", "send_at"}) {
      messages = messages.withColumn(time, timestamp_micros(col(time)));
    }
    return messages.selectExpr(AttributionTables.DELIVERIES.schema().fieldNames());
  }

  /** Their messages' engagements, shaped as {@link AttributionTables#ENGAGEMENTS}. */
  public static Dataset<Row> engagements(Dataset<Row> attributed) {
    return messages(attributed)
        .withColumn("cohort_at", timestamp_micros(cohortAt()))
        .withColumn("engagement", explode(col("engagements")))
        .select(
            to_date(timestamp_micros(col("engagement.occurred_at"))).as("date"),
            col("org"),
            col("workspace"),
            col("delivery_id"),
            col("engagement.event_id"),
            timestamp_micros(col("engagement.occurred_at")).as("occurred_at"),
            col("engagement.metric"),
            col("engagement.link_id"),
            col("engagement.human_class"),
            col("engagement.first_of_delivery"),
            col("engagement.first_of_exposure"),
            col("engagement.raises_class"),
            col("engagement.displaced_class"),
            col("channel"),
            col("template_id"),
            col("arm"),
            col("copy_key"),
            col("reason"),
            col("action_id"),
            col("person"),
            col("message_no"),
            col("cohort_at"));
  }

  /** The calls of ours among them, shaped as {@link AttributionTables#WEBHOOK_CALLS}. */
  public static Dataset<Row> webhookCalls(Dataset<Row> attributed) {
    Column failedAt =
        expr("filter(engagements, each -> each.metric = 'failed')").getField("occurred_at");
    Column answered = col("sent_at").isNotNull();
    return withTableNames(attributed.where(isCall()))
        .withColumn("failed_at", array_min(failedAt))
        .select(
            to_date(timestamp_micros(col("anchor_at"))).as("date"),
            col("org"),
            col("workspace"),
            col("delivery_id"),
            col("template_id"),
            col("campaign_id"),
            col("broadcast_id"),
            col("action_id"),
            col("journey_id"),
            col("person"),
            col("generation_id"),
            timestamp_micros(col("anchor_at")).as("called_at"),
            timestamp_micros(col("sent_at")).as("sent_at"),
            timestamp_micros(col("failed_at")).as("failed_at"),
            when(answered, lit("answered"))
                .when(col("failed_at").isNotNull(), lit("failed"))
                .otherwise(lit("pending"))
                .as("outcome"),
            when(
                    col("template_id").isNotNull().and(col("journey_id").isNotNull()),
                    answered.and(col("generation_id").isNull()))
                .as("lost"));
  }

  private static Dataset<Row> messages(Dataset<Row> attributed) {
    return withTableNames(attributed.where(isCall().equalTo(false)));
  }

  private static Dataset<Row> withTableNames(Dataset<Row> attributed) {
    return attributed
        .withColumn("workspace", nullif(col("workspace"), lit("")))
        .withColumn("arm", coalesce(col("arm"), lit(NO_ARM)));
  }

  /** The time that places an attributed delivery in a cohort, in epoch microseconds. */
  public static Column cohortAt() {
    return coalesce(col("send_at"), col("anchor_at"));
  }

  /** Whether an attributed delivery is a call of ours and no message; never null. */
  public static Column isCall() {
    return coalesce(col("channel"), lit("")).equalTo(DeliveryIds.WEBHOOK);
  }
}
