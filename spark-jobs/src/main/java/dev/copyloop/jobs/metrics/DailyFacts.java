package dev.copyloop.jobs.metrics;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import dev.copyloop.jobs.hash.SignedRows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Turns rows of the tables into facts of one shape: the dimensions, the times of cohort and event,
 * and which measures the fact adds to. So a fact is narrow, and facts that count alike are one row
 * before they meet the many measures.
 */
final class DailyFacts {

  static final String COHORT_AT = "cohort_at";
  static final String EVENT_AT = "event_at";

  /** The measures that a fact adds its weight to; a long, see {@link MeasureBits}. */
  static final String GAINS = "gains";

  /** The measures that a fact takes its weight from. */
  static final String LOSSES = "losses";

  /** How many columns come first that are added up: {@link #WEIGHT} and {@link #REQUESTS}. */
  static final int SUMS = 2;

  /** How often the fact is counted; a long. */
  static final String WEIGHT = "weight";

  /** The calls that a generation answered. */
  static final String REQUESTS = "requests";

  private static final List<String> CLASSES = List.of("human", "machine", "unknown");

  private DailyFacts() {}

  /** What each delivery counts, on the day it was sent. */
  static Dataset<Row> ofDeliveries(Dataset<Row> deliveries) {
    Column counted = not(isTest());
    Column representative = counted.and(col("representative"));
    return facts(
        deliveries
            .withColumn(COHORT_AT, coalesce(col("send_at"), col("anchor_at")))
            .withColumn(EVENT_AT, col(COHORT_AT)),
        Map.of(
            "deliveries", lit(true),
            "without_copy", counted.and(col("copy_reason").isNotNull()),
            "stale_copies", counted.and(col("stale")),
            "sends", representative.and(col("sent_at").isNotNull()),
            "sends_implied", representative.and(col("send_implied"))));
  }

  /** What each engagement counts, on its own day. */
  static Dataset<Row> ofEngagements(Dataset<Row> engagements) {
    Map<String, Column> gains = new LinkedHashMap<>();
    Map<String, Column> losses = new LinkedHashMap<>();
    addEngagement(gains, losses, "opened", "opens");
    addEngagement(gains, losses, "clicked", "clicks");
    addFirst(gains, "delivered", "delivered");
    addFirst(gains, "converted", "cio_conversions");
    addFirst(gains, "unsubscribed", "unsubscribes");
    addFirst(gains, "spammed", "complaints");
    addFirst(gains, "replied", "replies");
    addFirst(gains, "bounced", "bounces");
    addFirst(gains, "dropped", "drops");
    addFirst(gains, "failed", "failures");
    addFirst(gains, "undeliverable", "undeliverables");
    return facts(
        engagements.where(not(isTest())).withColumn(EVENT_AT, col("occurred_at")),
        gains,
        losses,
        lit(1L),
        lit(0L));
  }

  private static void addFirst(Map<String, Column> gains, String metric, String measure) {
    gains.put(measure, isMetric(metric).and(col("first_of_exposure")));
  }

  /** Totals by class, and each exposure in the one class that is its strongest so far. */
  private static void addEngagement(
      Map<String, Column> gains, Map<String, Column> losses, String metric, String measure) {
    gains.put(measure, isMetric(metric));
    addFirst(gains, metric, "unique_" + measure);
    Column raises = isMetric(metric).and(col("raises_class"));
    for (String each : CLASSES) {
      gains.put(measure + "_" + each, isMetric(metric).and(col("human_class").equalTo(each)));
      String unique = "unique_" + measure + "_" + each;
      gains.put(unique, raises.and(col("human_class").equalTo(each)));
      losses.put(unique, raises.and(col("displaced_class").equalTo(each)));
    }
  }

  /**
   * What each generation counts, on the day it was decided.
   *
   * @param isUnit whether it counts as the unit that it tells of, too
   */
  static Dataset<Row> ofGenerations(Dataset<Row> generations, Column isUnit, OrgDays days) {
    Dataset<Row> placed =
        generations
            .withColumn("channel", days.templateChannel())
            .withColumn(COHORT_AT, col("occurred_at"))
            .withColumn(EVENT_AT, col("occurred_at"))
            .withColumn("copy_key", copyKeyOfGeneration());
    Map<String, Column> gains =
        Map.of(
            "generations", lit(true),
            "fallbacks", col("fallback").isNotNull(),
            "forced", col("forced"),
            "assigned", isUnit);
    return facts(placed, gains, Map.of(), lit(1L), col("calls").cast("long"));
  }

  static Column copyKeyOfGeneration() {
    return when(col("arm").equalTo("control"), lit("control")).otherwise(col("copy_id"));
  }

  /** What each of our own calls counts that went wrong. */
  static Dataset<Row> ofCalls(Dataset<Row> calls, OrgDays days) {
    return facts(
        calls
            .where(col("lost").or(col("outcome").equalTo("failed")))
            .withColumn("channel", days.templateChannel())
            .withColumn("copy_key", lit("unknown"))
            .withColumn(
                "arm",
                when(col("template_id").isNotNull(), lit("treatment")).otherwise(lit("none")))
            .withColumn(COHORT_AT, col("called_at"))
            .withColumn(EVENT_AT, col("called_at")),
        Map.of(
            "lost_calls", coalesce(col("lost"), lit(false)),
            "failed_calls", col("outcome").equalTo("failed")));
  }

  /** Every unit as often as its sign says, when it was assigned. */
  static Dataset<Row> ofAssigned(Dataset<Row> units) {
    return facts(
        units.withColumn(COHORT_AT, col("at")).withColumn(EVENT_AT, col("at")),
        Map.of("assigned", lit(true)),
        Map.of(),
        col(SignedRows.SIGN),
        lit(0L));
  }

  private static Dataset<Row> facts(Dataset<Row> rows, Map<String, Column> gains) {
    return facts(rows, gains, Map.of(), lit(1L), lit(0L));
  }

  private static Dataset<Row> facts(
      Dataset<Row> rows,
      Map<String, Column> gains,
      Map<String, Column> losses,
      Column weight,
      Column requests) {
    List<String> present = List.of(rows.columns());
    List<Column> columns = new ArrayList<>(List.of(weight.as(WEIGHT), requests.as(REQUESTS)));
    for (String name : MetricsTables.DIMENSIONS) {
      if (!name.endsWith("_date")) {
        Column value = present.contains(name) ? col(name) : lit(null);
        columns.add(value.cast(name.equals("message_no") ? "int" : "string").as(name));
      }
    }
    columns.add(col(COHORT_AT));
    columns.add(col(EVENT_AT));
    columns.add(MeasureBits.of(gains).as(GAINS));
    columns.add(MeasureBits.of(losses).as(LOSSES));
    return rows.select(columns.toArray(Column[]::new));
  }

  private static Column isMetric(String metric) {
    return col("metric").equalTo(metric);
  }

  private static Column isTest() {
    return coalesce(col("reason").equalTo("test"), lit(false));
  }
}
