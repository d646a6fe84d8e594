package dev.copyloop.jobs.publish;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.copyloop.jobs.lake.GroupSums;
import dev.copyloop.jobs.metrics.MetricsTables;
import dev.copyloop.jobs.run.RunMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
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
    SortedSet<LocalDate> days =
        changes.days(MetricsTables.DAILY_METRICS).orElseGet(Collections::emptySortedSet);
    if (days.isEmpty()) {
      return Finding.of(true, "drift: no published day changed");
    }
    List<String> fallen = new ArrayList<>();
    totals(changes, days)
        .forEach(
            (org, totals) -> {
              long published = totals[0];
              long present = totals[1];
              if (published >= SMALL && present < published - published / 10) {
                fallen.add("%s fell from %,d to %,d".formatted(org, published, present));
              }
            });
    boolean asked = changes.context().mode() != RunMode.NIGHTLY;
    return Finding.of(
        fallen.isEmpty() || asked,
        "drift: " + (fallen.isEmpty() ? "none" : String.join(", ", fallen)));
  }

  /** By org what was published and what is there now. */
  private static Map<String, long[]> totals(Changes changes, SortedSet<LocalDate> days) {
    Column total = col("deliveries").plus(col("generations"));
    Dataset<Row> published = changes.published(MetricsTables.DAILY_METRICS, days);
    Dataset<Row> now = changes.now(MetricsTables.DAILY_METRICS);
    Map<String, long[]> totals = new TreeMap<>();
    GroupSums.of(
            published
                .select(col("org"), total, lit(0L))
                .unionAll(now.select(col("org"), lit(0L), total)),
            1)
        .forEach((org, sums) -> totals.put(org.get(0), sums));
    return totals;
  }
}
