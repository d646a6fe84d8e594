package dev.copyloop.jobs.export;

import dev.copyloop.events.lake.Tables;
import dev.copyloop.events.settings.Settings;
import dev.copyloop.jobs.attribute.CountedGenerations;
import dev.copyloop.jobs.lake.GenerationsTable;
import dev.copyloop.jobs.lake.TableReader;
import dev.copyloop.jobs.metrics.MetricsTables;
import dev.copyloop.jobs.run.Job;
import dev.copyloop.jobs.run.JobException;
import dev.copyloop.jobs.run.JobResult;
import dev.copyloop.jobs.run.RunContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Publishes each org's generations by UTC hour, its daily figures by day, and its copies, as
 * Parquet with manifests, from the tables' published state. Only parts whose content differs from
 * their manifest are written.
 */
public final class ExportJob implements Job {

  private static final List<String> DAILY_ORDER =
      List.of(
          "send_date",
          "template_id",
          "arm",
          "copy_key",
          "reason",
          "action_id",
          "channel",
          "workspace",
          "message_no");

  @Override
  public String name() {
    return "export";
  }

  @Override
  public String description() {
    return "Writes generations by hour and figures by day as Parquet, with manifests.";
  }

  @Override
  public JobResult run(RunContext context) throws IOException {
    Settings settings = context.settings();
    Origin origin = new Origin(context.runId(), context.codeVersion(), context.settingsSha());
    Exporter exporter = new Exporter(context.bucket(), settings, origin);
    List<DatasetExport> exports = new ArrayList<>();
    for (ExportDataset dataset : datasets(context.published(), settings)) {
      exports.addAll(exporter.export(dataset));
    }
    requireAllWritten(exports);
    return new ExportResult(exports);
  }

  private static List<ExportDataset> datasets(TableReader tables, Settings settings) {
    List<String> customOrder = new ArrayList<>(List.of("rule_id", "rule_version", "currency"));
    customOrder.addAll(DAILY_ORDER);
    return List.of(
        ExportDatasets.generations(
            CountedGenerations.of(tables.read(GenerationsTable.SPEC), settings)),
        ExportDatasets.daily(
            Tables.DAILY_METRICS, tables.read(MetricsTables.DAILY_METRICS), DAILY_ORDER),
        ExportDatasets.daily(
            Tables.DAILY_CUSTOM_METRICS,
            tables.read(MetricsTables.DAILY_CUSTOM_METRICS),
            customOrder),
        ExportDatasets.whole(
            Tables.COPIES, tables.read(MetricsTables.COPIES), List.of("copy_id", "valid_from")));
  }

  private static void requireAllWritten(List<DatasetExport> exports) {
    List<String> failures = exports.stream().flatMap(export -> export.failures().stream()).toList();
    if (!failures.isEmpty()) {
      throw JobException.failed(
          "%s%s. Check that the bucket exists and that the role may put objects below this path;"
                  .formatted(failures.get(0), more(failures))
              + " all other parts were written, and the next run tries these again",
          null);
    }
  }

  private static String more(List<String> failures) {
    return failures.size() == 1 ? "" : " (and %,d more)".formatted(failures.size() - 1);
  }
}
