package dev.copyloop.jobs.metrics;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;

import dev.copyloop.events.settings.Settings;
import dev.copyloop.jobs.lake.GroupSums;
import dev.copyloop.jobs.run.JobException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
    Map<String, long[]> figures =
        byKey(daily.select(col("arm"), col("reason"), col("deliveries"), col("generations")));
    Dataset<Row> credited = custom.where(col("kind").equalTo("rule"));
    Column millionths = col("events").multiply(1_000_000).cast("long");
    return new MetricsAudit(
        exact(byKey(rows.deliveries().select(col("arm"), col("reason"), lit(1L))), 0),
        exact(figures, 0),
        GroupSums.count(rows.countedGenerations(settings)),
        figures.values().stream().mapToLong(sums -> sums[1]).sum(),
        exact(byKey(customEvents(rows.attributed()).select(col("org"), rule(), lit(1L))), 0),
        exact(byKey(credited.select(col("org"), rule(), millionths)), 6));
  }

  /** Each event of each rule once. */
  private static Dataset<Row> customEvents(Dataset<Row> attributed) {
    return attributed
        .where(col("kind").notEqual("metric"))
        .select("org", "rule_id", "rule_version", "date", "event_id")
        .distinct();
  }

  /** Sums by two columns of texts, the second of which may be null. */
  private static Map<String, long[]> byKey(Dataset<Row> rows) {
    Map<String, long[]> byKey = new TreeMap<>();
    GroupSums.of(rows, 2)
        .forEach(
            (group, sums) ->
                byKey.put(
                    group.stream().filter(Objects::nonNull).collect(Collectors.joining(" ")),
                    sums));
    return byKey;
  }

  /** The first of the sums, which is moved by so many decimals; without zeros. */
  private static Map<String, BigDecimal> exact(Map<String, long[]> sums, int scale) {
    Map<String, BigDecimal> numbers = new TreeMap<>();
    sums.forEach(
        (key, sum) -> {
          if (sum[0] != 0) {
            numbers.put(key, exact(BigDecimal.valueOf(sum[0], scale)));
          }
        });
    return numbers;
  }

  private static Column rule() {
    return concat_ws(" v", col("rule_id"), col("rule_version").cast("string"));
  }

  private static BigDecimal exact(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
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
