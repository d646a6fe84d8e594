package dev.copyloop.jobs.metrics;

import dev.copyloop.events.settings.Settings;
import dev.copyloop.jobs.hash.ChangedParts;
import dev.copyloop.jobs.hash.TableChange;
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
          FigureRows.TABLES,
          List.of(MetricsTables.DAILY_METRICS, MetricsTables.DAILY_CUSTOM_METRICS));

  /** What the settings alone say. */
  private static final Stage DESCRIPTIONS =
      new Stage(
          "descriptions", 1, List.of(), List.of(MetricsTables.COPIES, MetricsTables.EXPERIMENTS));

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
    try (Figures figures = Figures.of(context.tables(), stage, settings)) {
      MetricsAudit audit = figures.audit();
      audit.check();
      List<TableChange> changes = figures.write(stage);
      stage.end(changes);
      return new MetricsResult(changes, Optional.of(audit));
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
