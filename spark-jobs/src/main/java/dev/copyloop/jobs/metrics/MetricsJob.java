package dev.copyloop.jobs.metrics;

import dev.copyloop.events.settings.Settings;
import dev.copyloop.jobs.attribute.AttributionTables;
import dev.copyloop.jobs.hash.ChangedParts;
import dev.copyloop.jobs.lake.GenerationsTable;
import dev.copyloop.jobs.lake.LakeTables;
import dev.copyloop.jobs.run.Job;
import dev.copyloop.jobs.run.JobResult;
import dev.copyloop.jobs.run.RunContext;
import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Brings {@code daily_metrics}, {@code daily_custom_metrics} and {@code copies} to what the
 * attributed tables and the current settings say, after checking that the figures add up to the
 * rows they were made of. Only days of an org whose figures differ are written.
 */
public final class MetricsJob implements Job {

  private static final List<String> BY_ORG_DAY = List.of("org", "event_date");

  @Override
  public String name() {
    return "metrics";
  }

  @Override
  public String description() {
    return "Adds up the daily figures of every template, copy and rule.";
  }

  @Override
  public JobResult run(RunContext context) throws IOException {
    LakeTables tables = context.tables();
    Settings settings = context.settings();
    Dataset<Row> deliveries = tables.read(AttributionTables.DELIVERIES);
    Dataset<Row> generations = tables.read(GenerationsTable.SPEC);
    Dataset<Row> attributed = tables.read(AttributionTables.ATTRIBUTED_EVENTS);
    Dataset<Row> daily =
        DailyMetrics.of(
                deliveries,
                tables.read(AttributionTables.ENGAGEMENTS),
                tables.read(AttributionTables.WEBHOOK_CALLS),
                generations,
                settings)
            .persist(StorageLevel.MEMORY_AND_DISK());
    Dataset<Row> custom =
        DailyCustomMetrics.of(attributed, settings).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      MetricsAudit audit =
          MetricsAudit.of(daily, custom, deliveries, generations, attributed, settings);
      audit.check();
      ChangedParts parts = new ChangedParts(tables);
      return new MetricsResult(
          List.of(
              parts.apply(MetricsTables.DAILY_METRICS, daily, BY_ORG_DAY),
              parts.apply(MetricsTables.DAILY_CUSTOM_METRICS, custom, BY_ORG_DAY),
              parts.apply(MetricsTables.COPIES, Copies.of(context.spark(), settings), List.of()),
              parts.apply(
                  MetricsTables.EXPERIMENTS, Experiments.of(context.spark(), settings), List.of())),
          audit);
    } finally {
      daily.unpersist(false);
      custom.unpersist(false);
    }
  }
}
