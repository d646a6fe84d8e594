package dev.copyloop.jobs.metrics;

import dev.copyloop.events.settings.Settings;
import dev.copyloop.jobs.attribute.AttributionTables;
import dev.copyloop.jobs.hash.ChangedParts;
import dev.copyloop.jobs.hash.TableChange;
import dev.copyloop.jobs.lake.GenerationsTable;
import dev.copyloop.jobs.lake.LakeTables;
import dev.copyloop.jobs.progress.MeasuredSettings;
import dev.copyloop.jobs.progress.Stage;
import dev.copyloop.jobs.progress.StageRun;
import dev.copyloop.jobs.run.Job;
import dev.copyloop.jobs.run.JobResult;
import dev.copyloop.jobs.run.RunContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Brings {@code daily_metrics}, {@code daily_custom_metrics}, {@code copies} and {@code
 * experiments} to what the attributed tables and the current settings say, after checking that the
 * figures add up to the rows they were made of. Only days of an org whose figures differ are
 * written; a night without news computes nothing.
 */
public final class MetricsJob implements Job {

  private static final Stage FIGURES =
      new Stage(
          "metrics",
          1,
          List.of(
              AttributionTables.DELIVERIES,
              AttributionTables.ENGAGEMENTS,
              AttributionTables.WEBHOOK_CALLS,
              AttributionTables.ATTRIBUTED_EVENTS,
              GenerationsTable.SPEC),
          List.of(MetricsTables.DAILY_METRICS, MetricsTables.DAILY_CUSTOM_METRICS));

  /** What the settings alone say. */
  private static final Stage DESCRIPTIONS =
      new Stage(
          "descriptions", 1, List.of(), List.of(MetricsTables.COPIES, MetricsTables.EXPERIMENTS));

  private static final List<String> BY_ORG_DAY = List.of("org", "event_date");

  @Override
  public String name() {
    return FIGURES.name();
  }

  @Override
  public String description() {
    return "Adds up the daily figures of every template, copy and rule.";
  }

  @Override
  public JobResult run(RunContext context) throws IOException {
    MetricsResult figures = figures(context, MeasuredSettings.of(context.settings()));
    List<TableChange> tables = new ArrayList<>(figures.tables());
    tables.addAll(descriptions(context, context.settings()));
    return new MetricsResult(tables, figures.audit());
  }

  private static MetricsResult figures(RunContext context, Settings settings) throws IOException {
    StageRun stage = StageRun.begin(context, FIGURES, settings);
    if (stage.isUpToDate()) {
      return new MetricsResult(stage.endUpToDate(), Optional.empty());
    }
    LakeTables tables = context.tables();
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
      List<TableChange> changes =
          List.of(
              parts.apply(MetricsTables.DAILY_METRICS, daily, BY_ORG_DAY),
              parts.apply(MetricsTables.DAILY_CUSTOM_METRICS, custom, BY_ORG_DAY));
      stage.end(changes);
      return new MetricsResult(changes, Optional.of(audit));
    } finally {
      daily.unpersist(false);
      custom.unpersist(false);
    }
  }

  private static List<TableChange> descriptions(RunContext context, Settings settings)
      throws IOException {
    StageRun stage = StageRun.begin(context, DESCRIPTIONS, settings);
    if (stage.isUpToDate()) {
      return stage.endUpToDate();
    }
    ChangedParts parts = new ChangedParts(context.tables());
    List<TableChange> changes =
        List.of(
            parts.apply(MetricsTables.COPIES, Copies.of(context.spark(), settings), List.of()),
            parts.apply(
                MetricsTables.EXPERIMENTS, Experiments.of(context.spark(), settings), List.of()));
    stage.end(changes);
    return changes;
  }
}
