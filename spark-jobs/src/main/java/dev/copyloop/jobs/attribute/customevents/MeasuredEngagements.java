package dev.copyloop.jobs.attribute.customevents;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.to_date;

import dev.copyloop.events.settings.CustomMetric;
import dev.copyloop.events.settings.Org;
import dev.copyloop.events.settings.Settings;
import dev.copyloop.jobs.attribute.journey.DeliveryOutputs;
import dev.copyloop.jobs.attribute.table.AttributionTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/** The engagements that custom metrics take, as results beside those of own events. */
public final class MeasuredEngagements {

  private MeasuredEngagements() {}

  /**
   * Those of attributed deliveries, shaped as {@link AttributionTables#ATTRIBUTED_EVENTS}.
   *
   * @param deliveries their people resolved
   */
  public static Dataset<Row> of(Dataset<Row> deliveries) {
    Column occurredAt = timestamp_micros(col("engagement.occurred_at"));
    Map<String, Column> own =
        Map.of(
            "date", to_date(occurredAt),
            "rule_id", col("measured.metric_id"),
            "rule_version", col("measured.metric_version"),
            "event_id", col("engagement.event_id"),
            "occurred_at", occurredAt,
            "kind", lit(AttributedEvent.METRIC),
            "send_at", timestamp_micros(DeliveryOutputs.cohortAt()),
            "first_of_person", col("measured.first_of_journey"));
    return deliveries
        .where(col("template_id").isNotNull().and(not(DeliveryOutputs.isCall())))
        .withColumn("workspace", nullif(col("workspace"), lit("")))
        .withColumn("engagement", explode(col("engagements")))
        .withColumn("measured", explode(col("engagement.measured")))
        .select(columns(own));
  }

  private static Column[] columns(Map<String, Column> own) {
    List<String> ofDelivery =
        List.of(
            "org",
            "person",
            "workspace",
            "delivery_id",
            "template_id",
            "arm",
            "copy_id",
            "copy_key",
            "action_id",
            "channel",
            "message_no");
    List<Column> columns = new ArrayList<>();
    for (StructField field : AttributionTables.ATTRIBUTED_EVENTS.schema().fields()) {
      Column none = lit(null).cast(field.dataType());
      Column value = ofDelivery.contains(field.name()) ? col(field.name()) : none;
      columns.add(own.getOrDefault(field.name(), value).as(field.name()));
    }
    return columns.toArray(Column[]::new);
  }

  /** Whether a row of the table is such a result, of the metrics that these settings have. */
  public static Column isOne(Settings settings) {
    Column isOne = lit(false);
    for (Org org : settings.orgs()) {
      for (CustomMetric metric : org.measurement().engagementMetrics()) {
        isOne =
            isOne.or(
                col("org")
                    .equalTo(org.slug())
                    .and(col("kind").equalTo(AttributedEvent.METRIC))
                    .and(col("rule_id").equalTo(metric.id()))
                    .and(col("rule_version").equalTo(metric.version())));
      }
    }
    return isOne;
  }
}
