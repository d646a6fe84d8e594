package dev.copyloop.jobs.metrics;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import dev.copyloop.events.settings.Settings;
import dev.copyloop.jobs.run.JobException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The figures against the rows they were made of.
 *
 * @param deliveries rows of the table, by arm and reason
 * @param countedDeliveries the sum of the figures, by arm and reason
 * @param customEvents distinct custom events, by rule and version
 * @param countedCustomEvents the sum of the figures, by rule and version
 */
public record MetricsAudit(
    Map<String, BigDecimal> deliveries,
    Map<String, BigDecimal> countedDeliveries,
    long generations,
    long countedGenerations,
    Map<String, BigDecimal> customEvents,
    Map<String, BigDecimal> countedCustomEvents) {

  public MetricsAudit {
    deliveries = new TreeMap<>(deliveries);
    countedDeliveries = new TreeMap<>(countedDeliveries);
    customEvents = new TreeMap<>(customEvents);
    countedCustomEvents = new TreeMap<>(countedCustomEvents);
  }

  /**
   * Counts both sides.
   *
   * @param rows what the figures were made of
   */
  static MetricsAudit of(
      Dataset<Row> daily, Dataset<Row> custom, FigureRows rows, Settings settings) {
    Map<String, BigDecimal> countedDeliveries = new TreeMap<>();
    long countedGenerations = 0;
    for (Row row :
        daily.groupBy("arm", "reason").agg(sum("deliveries"), sum("generations")).collectAsList()) {
      countedDeliveries.put(key(row), exact(row.get(2)));
      countedGenerations += row.getLong(3);
    }
    return new MetricsAudit(
        byKey(rows.deliveries().groupBy("arm", "reason").agg(count(lit(1)))),
        withoutZeros(countedDeliveries),
        rows.countedGenerations(settings).count(),
        countedGenerations,
        byKey(
            rows.attributed()
                .where(col("kind").notEqual("metric"))
                .groupBy(col("org"), rule())
                .agg(countDistinct(col("date"), col("event_id")))),
        withoutZeros(
            byKey(
                custom
                    .where(col("kind").equalTo("rule"))
                    .groupBy(col("org"), rule())
                    .agg(sum("events")))));
  }

  private static Map<String, BigDecimal> byKey(Dataset<Row> counts) {
    Map<String, BigDecimal> byKey = new TreeMap<>();
    for (Row row : counts.collectAsList()) {
      byKey.put(key(row), exact(row.get(2)));
    }
    return byKey;
  }

  private static Column rule() {
    return concat_ws(" v", col("rule_id"), col("rule_version").cast("string"));
  }

  private static String key(Row row) {
    return row.isNullAt(1) ? row.getString(0) : row.getString(0) + " " + row.getString(1);
  }

  private static BigDecimal exact(Object sum) {
    BigDecimal number =
        sum instanceof BigDecimal credits ? credits : BigDecimal.valueOf((Long) sum);
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  private static Map<String, BigDecimal> withoutZeros(Map<String, BigDecimal> counts) {
    counts.values().removeIf(count -> count.signum() == 0);
    return counts;
  }

  /**
   * Checks that the figures add up.
   *
   * @throws JobException with the audit's exit code if they don't
   */
  void check() {
    require(deliveries.equals(countedDeliveries), "sum of deliveries by arm and reason = rows");
    require(generations == countedGenerations, "sum of generations = rows that are no tests");
    require(customEvents.equals(countedCustomEvents), "sum of credited and other events = events");
  }

  private void require(boolean holds, String rule) {
    if (!holds) {
      throw JobException.auditFailed(
          "Cannot publish daily figures: %s does not hold in %s".formatted(rule, this));
    }
  }

  /** One line for a person. */
  public String summary() {
    return "figures add up: deliveries %s, generations %,d, custom events %s"
        .formatted(deliveries, generations, customEvents);
  }
}
