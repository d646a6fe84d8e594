package dev.copyloop.jobs.publish;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import dev.copyloop.jobs.metrics.MetricsTables;
import dev.copyloop.jobs.run.RunMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A night adds to published days. If an org's deliveries and generations on the days that changed
 * fall by more than a tenth below what was last published, which passed its audits, something was
 * not read. A backfill and a rebuild may take away; then the fall is told, not refused.
 */
final class DriftAudit implements Audit {
  private static final long SMALL = 1_000;

  @Override
  public Finding check(Changes changes) {
    if (changes.days(MetricsTables.DAILY_METRICS).isEmpty()) {
      return Finding.of(true, "drift: no day changed");
    }
    Map<String, Long> now = totals(changes.now(MetricsTables.DAILY_METRICS));
    List<String> fallen = new ArrayList<>();
    totals(changes.published(MetricsTables.DAILY_METRICS))
        .forEach(
            (org, published) -> {
              long present = now.getOrDefault(org, 0L);
              if (published >= SMALL && present < published - published / 10) {
                fallen.add("%s fell from %,d to %,d".formatted(org, published, present));
              }
            });
    boolean asked = changes.context().mode() != RunMode.NIGHTLY;
    return Finding.of(
        fallen.isEmpty() || asked,
        "drift: " + (fallen.isEmpty() ? "none" : String.join(", ", fallen)));
  }

  private static Map<String, Long> totals(Dataset<Row> daily) {
    Column total = coalesce(sum(col("deliveries").plus(col("generations"))), lit(0L));
    Map<String, Long> totals = new TreeMap<>();
    for (Row row : daily.groupBy("org").agg(total).collectAsList()) {
      totals.put(row.getString(0), row.getLong(1));
    }
    return totals;
  }
}
