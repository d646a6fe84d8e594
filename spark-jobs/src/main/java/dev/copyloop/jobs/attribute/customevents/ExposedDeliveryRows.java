package dev.copyloop.jobs.attribute.customevents;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import dev.copyloop.events.settings.HumanClass;
import dev.copyloop.jobs.attribute.journey.Engagement;
import dev.copyloop.jobs.attribute.table.AttributionKeys;
import dev.copyloop.jobs.attribute.table.AttributionTables;
import dev.copyloop.jobs.lake.TableReader;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What people were exposed to and touched, read back from the tables of deliveries. */
public final class ExposedDeliveryRows {

  private ExposedDeliveryRows() {}

  /** Deliveries in the columns that are read of them. */
  public static Dataset<Row> narrow(Dataset<Row> deliveries) {
    return deliveries.selectExpr(
        Stream.concat(Stream.of("org", "person"), CustomEventSteps.DELIVERY.stream())
            .toArray(String[]::new));
  }

  /** One org's deliveries with their touches, as {@link CustomEventSteps} takes them. */
  public static Dataset<Row> of(TableReader tables, String org) {
    Column ofOrg = col("org").equalTo(org);
    return of(
        tables.read(AttributionTables.DELIVERIES).where(ofOrg),
        tables.read(AttributionTables.ENGAGEMENTS).where(ofOrg),
        Long.MAX_VALUE);
  }

  /**
   * Some deliveries with their touches, as {@link CustomEventSteps} takes them.
   *
   * @param engagements those of the deliveries; others may be among them
   * @param count how many engagements there are, about
   */
  public static Dataset<Row> of(Dataset<Row> deliveries, Dataset<Row> engagements, long count) {
    Dataset<Row> touched =
        engagements
            .where(col("human_class").equalTo(HumanClass.HUMAN.label()))
            .groupBy(col("org"), workspace(), col("delivery_id"))
            .agg(times(Engagement.OPENED), times(Engagement.CLICKED));
    return deliveries
        .where(
            col("template_id")
                .isNotNull()
                .and(col("person").isNotNull())
                .and(col("send_at").isNotNull()))
        .withColumn("workspace", workspace())
        .withColumn("send_at", unix_micros(col("send_at")))
        .join(
            AttributionKeys.buildSide(touched, count),
            new String[] {"org", "workspace", "delivery_id"},
            "left")
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
