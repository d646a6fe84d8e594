package dev.copyloop.jobs.attribute;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import dev.copyloop.jobs.lake.TableReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What people were exposed to and touched, read back from the tables of deliveries. */
final class ExposedDeliveryRows {

  private ExposedDeliveryRows() {}

  /** One org's deliveries with their touches, as {@link CustomEventSteps} takes them. */
  static Dataset<Row> of(TableReader tables, String org) {
    Dataset<Row> touched =
        tables
            .read(AttributionTables.ENGAGEMENTS)
            .where(
                col("org").equalTo(org).and(col("human_class").equalTo(HumanClass.HUMAN.label())))
            .groupBy(workspace(), col("delivery_id"))
            .agg(times(Engagement.OPENED), times(Engagement.CLICKED));
    return tables
        .read(AttributionTables.DELIVERIES)
        .where(
            col("org")
                .equalTo(org)
                .and(col("template_id").isNotNull())
                .and(col("person").isNotNull())
                .and(col("send_at").isNotNull()))
        .withColumn("workspace", workspace())
        .withColumn("send_at", unix_micros(col("send_at")))
        .join(touched, new String[] {"workspace", "delivery_id"}, "left")
        .withColumn("human_opens", present(Engagement.OPENED))
        .withColumn("human_clicks", present(Engagement.CLICKED));
  }

  private static Column workspace() {
    return coalesce(col("workspace"), lit("")).as("workspace");
  }

  private static Column times(String metric) {
    return sort_array(
            collect_list(when(col("metric").equalTo(metric), unix_micros(col("occurred_at")))))
        .as(metric);
  }

  private static Column present(String metric) {
    return coalesce(col(metric), array().cast("array<bigint>"));
  }
}
