package dev.copyloop.jobs.metrics;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.copyloop.events.settings.Channel;
import dev.copyloop.events.settings.Settings;
import dev.copyloop.jobs.attribute.CountedGenerations;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Computes {@code daily_metrics}: a function of the attributed tables and of the settings. */
public final class DailyMetrics {

  private static final String FIRST_ONLY = "first_only";

  private DailyMetrics() {}

  static List<String> measures() {
    List<String> measures = new ArrayList<>(Measures.REQUIRED);
    measures.addAll(Measures.OPTIONAL);
    return measures;
  }

  /** All figures, shaped as {@link MetricsTables#DAILY_METRICS}. */
  public static Dataset<Row> of(
      Dataset<Row> deliveries,
      Dataset<Row> engagements,
      Dataset<Row> calls,
      Dataset<Row> generations,
      Settings settings) {
    OrgDays days = new OrgDays(settings);
    Dataset<Row> counted = CountedGenerations.of(generations, settings);
    Dataset<Row> facts =
        DailyFacts.ofDeliveries(deliveries)
            .unionByName(DailyFacts.ofEngagements(engagements))
            .unionByName(DailyFacts.ofGenerations(counted, days))
            .unionByName(DailyFacts.ofCalls(calls, days))
            .unionByName(DailyFacts.ofAssigned(AssignedUnits.of(deliveries, calls, counted, days)));
    return grouped(
        facts
            .withColumn("send_date", days.localDate(col(DailyFacts.COHORT_AT)))
            .withColumn("event_date", days.localDate(col(DailyFacts.EVENT_AT)))
            .withColumn(FIRST_ONLY, days.firstOccurrencesOnly(col(DailyFacts.EVENT_AT))));
  }

  private static Dataset<Row> grouped(Dataset<Row> facts) {
    List<Column> sums = new ArrayList<>();
    measures().forEach(name -> sums.add(sum(col(name)).as(name)));
    Dataset<Row> rows =
        facts
            .groupBy(MetricsTables.DIMENSIONS.stream().map(functions::col).toArray(Column[]::new))
            .agg(max(col(FIRST_ONLY)).as(FIRST_ONLY), sums.toArray(Column[]::new));
    Column hasDelivered =
        col("channel").isNull().or(col("channel").notEqual(Channel.IN_APP.label()));
    return rows.withColumn("delivered", when(hasDelivered, col("delivered")))
        .withColumn("opens", when(col(FIRST_ONLY).equalTo(lit(false)), col("opens")))
        .withColumn("clicks", when(col(FIRST_ONLY).equalTo(lit(false)), col("clicks")))
        .withColumnRenamed(FIRST_ONLY, MetricsTables.LOWER_BOUND);
  }
}
