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
 * and each measure's increment.
 */
final class DailyFacts {

  static final String COHORT_AT = "cohort_at";
  static final String EVENT_AT = "event_at";

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
    Map<String, Column> measures = new LinkedHashMap<>();
    addEngagement(measures, "opened", "opens");
    addEngagement(measures, "clicked", "clicks");
    addFirst(measures, "delivered", "delivered");
    addFirst(measures, "converted", "cio_conversions");
    addFirst(measures, "unsubscribed", "unsubscribes");
    addFirst(measures, "spammed", "complaints");
    addFirst(measures, "replied", "replies");
    addFirst(measures, "bounced", "bounces");
    addFirst(measures, "dropped", "drops");
    addFirst(measures, "failed", "failures");
    addFirst(measures, "undeliverable", "undeliverables");
    return increments(
        engagements.where(not(isTest())).withColumn(EVENT_AT, col("occurred_at")), measures);
  }

  private static void addFirst(Map<String, Column> measures, String metric, String measure) {
    measures.put(measure, one(isMetric(metric).and(col("first_of_exposure"))));
  }

  /** Totals by class, and each exposure in the one class that is its strongest so far. */
  private static void addEngagement(Map<String, Column> measures, String metric, String measure) {
    measures.put(measure, one(isMetric(metric)));
    measures.put("unique_" + measure, one(isMetric(metric).and(col("first_of_exposure"))));
    Column raises = isMetric(metric).and(col("raises_class"));
    for (String each : CLASSES) {
      measures.put(
          measure + "_" + each, one(isMetric(metric).and(col("human_class").equalTo(each))));
      Column enters = one(raises.and(col("human_class").equalTo(each)));
      Column leaves = one(raises.and(col("displaced_class").equalTo(each)));
      measures.put("unique_" + measure + "_" + each, enters.minus(leaves));
    }
  }

  /** What each generation counts, on the day it was decided. */
  static Dataset<Row> ofGenerations(Dataset<Row> generations, OrgDays days) {
    Dataset<Row> placed =
        generations
            .withColumn("channel", days.templateChannel())
            .withColumn(COHORT_AT, col("occurred_at"))
            .withColumn(EVENT_AT, col("occurred_at"))
            .withColumn("copy_key", copyKeyOfGeneration());
    Map<String, Column> measures = new LinkedHashMap<>();
    measures.put("requests", col("calls").cast("long"));
    measures.put("generations", lit(1L));
    measures.put("fallbacks", one(col("fallback").isNotNull()));
    measures.put("forced", one(col("forced")));
    return increments(placed, measures);
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
    return increments(
        units.withColumn(COHORT_AT, col("at")).withColumn(EVENT_AT, col("at")),
        Map.of("assigned", col(SignedRows.SIGN)));
  }

  private static Dataset<Row> facts(Dataset<Row> rows, Map<String, Column> conditions) {
    Map<String, Column> measures = new LinkedHashMap<>();
    conditions.forEach((name, condition) -> measures.put(name, one(condition)));
    return increments(rows, measures);
  }

  private static Dataset<Row> increments(Dataset<Row> rows, Map<String, Column> measures) {
    List<String> present = List.of(rows.columns());
    List<Column> columns = new ArrayList<>();
    for (String name : MetricsTables.DIMENSIONS) {
      if (!name.endsWith("_date")) {
        Column value = present.contains(name) ? col(name) : lit(null);
        columns.add(value.cast(name.equals("message_no") ? "int" : "string").as(name));
      }
    }
    columns.add(col(COHORT_AT));
    columns.add(col(EVENT_AT));
    for (String name : DailyMetrics.measures()) {
      columns.add(measures.getOrDefault(name, lit(0L)).as(name));
    }
    return rows.select(columns.toArray(Column[]::new));
  }

  private static Column isMetric(String metric) {
    return col("metric").equalTo(metric);
  }

  private static Column isTest() {
    return coalesce(col("reason").equalTo("test"), lit(false));
  }

  private static Column one(Column condition) {
    return when(condition, lit(1L)).otherwise(lit(0L));
  }
}
