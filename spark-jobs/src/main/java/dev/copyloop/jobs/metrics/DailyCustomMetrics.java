package dev.copyloop.jobs.metrics;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.copyloop.events.settings.CustomMetric;
import dev.copyloop.events.settings.Org;
import dev.copyloop.events.settings.Settings;
import dev.copyloop.jobs.lake.Columns;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Computes {@code daily_custom_metrics}: a function of the attributed events and the settings. */
public final class DailyCustomMetrics {

  private DailyCustomMetrics() {}

  /** All figures, shaped as {@link MetricsTables#DAILY_CUSTOM_METRICS}. */
  public static Dataset<Row> of(Dataset<Row> attributedEvents, Settings settings) {
    OrgDays days = new OrgDays(settings);
    Column metric = col("kind").equalTo("metric");
    Column lift = col("kind").isin("lift", "metric");
    Column credited = when(lift, money("0")).otherwise(coalesce(col("credit"), money("1")));
    Column value = coalesce(col("value"), money("0"));
    Column first = col("first_of_person");
    List<Column> dimensions = new ArrayList<>();
    MetricsTables.DIMENSIONS.forEach(name -> dimensions.add(col(name)));
    dimensions.addAll(
        List.of(
            when(metric, lit("metric")).otherwise(lit("rule")).as("kind"),
            col("rule_id"),
            col("rule_version"),
            col("currency")));
    return attributedEvents
        .withColumn("copy_key", coalesce(col("copy_key"), lit("unknown")))
        .withColumn("arm", coalesce(col("arm"), lit("none")))
        .withColumn("event_date", days.localDate(col("occurred_at")))
        .withColumn("send_date", days.localDate(coalesce(col("send_at"), col("occurred_at"))))
        .groupBy(dimensions.toArray(Column[]::new))
        .agg(
            total(credited).as("events"),
            total(when(lift, money("0")).otherwise(value)).as("value"),
            count(first.and(functions.not(lift))).as("persons"),
            count(lift).as("lift_events"),
            total(when(lift, value).otherwise(money("0"))).as("lift_value"),
            count(first.and(lift)).as("lift_persons"))
        .withColumn("metric_value", when(col("kind").equalTo("metric"), metricValue(settings)));
  }

  /** What the row's metric counts. */
  private static Column metricValue(Settings settings) {
    Column value = lit(null);
    for (Org org : settings.orgs()) {
      for (CustomMetric each : org.measurement().customMetrics()) {
        Column isThis =
            col("org")
                .equalTo(org.slug())
                .and(col("rule_id").equalTo(each.id()))
                .and(col("rule_version").equalTo(each.version()));
        Column counted =
            switch (each.aggregate()) {
              case COUNT -> col("lift_events");
              case UNIQUE -> col("lift_persons");
              case SUM -> col("lift_value");
            };
        value = when(isThis, counted.cast(Columns.MONEY)).otherwise(value);
      }
    }
    return value;
  }

  private static Column money(String amount) {
    return lit(amount).cast(Columns.MONEY);
  }

  /**
   * A sum that no column holds, of values that nobody means, is the greatest that it does hold: one
   * org's events must not stop the night of all.
   */
  private static Column total(Column amount) {
    Column notAbove = least(sum(amount), lit(Columns.GREATEST_AMOUNT));
    return greatest(notAbove, lit(Columns.GREATEST_AMOUNT.negate())).cast(Columns.MONEY);
  }

  private static Column count(Column condition) {
    return sum(when(condition, lit(1L)).otherwise(lit(0L)));
  }
}
