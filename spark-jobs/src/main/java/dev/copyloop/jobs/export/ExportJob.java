package dev.copyloop.jobs.export;

import dev.copyloop.events.config.ConfigReader;
import dev.copyloop.events.settings.ExportSettings;
import dev.copyloop.events.settings.ExportSettings.Shape;
import dev.copyloop.events.settings.Org;
import dev.copyloop.events.settings.Settings;
import dev.copyloop.jobs.lake.Publication;
import dev.copyloop.jobs.lake.PublishedTables;
import dev.copyloop.jobs.run.Job;
import dev.copyloop.jobs.run.JobException;
import dev.copyloop.jobs.run.JobResult;
import dev.copyloop.jobs.run.RunContext;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Publishes what each org asked for: generations and engagements by UTC hour, daily figures by day,
 * copies, as Parquet or Avro with manifests, to its destination. Only days whose files in the
 * tables changed are read, and only parts whose content differs from their manifest are written.
 */
public final class ExportJob implements Job {

  private final ExportConfig config;

  /** A job configured by this process's environment. */
  public ExportJob() {
    this(ExportConfig.read(ConfigReader.of(Map.of(), System.getenv())));
  }

  public ExportJob(ExportConfig config) {
    this.config = config;
  }

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
    ExportTargets.requireOneWayIn(settings);
    targets(context).requireOwnPlaces(settings);
    PublishedTables tables = context.published();
    Exporter exporter =
        new Exporter(
            context.bucket(),
            config,
            ForcedDays.of(context.request()),
            publishing(context, settings, tables),
            context.runId());
    List<DatasetExport> exports = new ArrayList<>();
    for (Map.Entry<Shape, List<Org>> group : byShape(context, settings).entrySet()) {
      ExportDatasets datasets = new ExportDatasets(tables, settings, group.getKey());
      for (ExportSettings.Dataset dataset : EnumSet.allOf(ExportSettings.Dataset.class)) {
        Map<String, ExportTarget> targets = targets(context, group.getValue(), dataset);
        if (!targets.isEmpty()) {
          exports.addAll(
              exporter.export(
                  dataset.table(),
                  () -> datasets.of(dataset),
                  source(context, tables.publication(), group.getKey()),
                  targets));
        }
      }
    }
    exports.sort(Comparator.comparing(DatasetExport::org).thenComparing(DatasetExport::dataset));
    requireAllWritten(exports);
    return new ExportResult(exports);
  }

  private static Function<String, Publishing> publishing(
      RunContext context, Settings settings, PublishedTables tables) throws IOException {
    Instant now = Instant.now();
    Lateness lateness = new Lateness(context.bucket(), tables, now);
    String settingsSha = context.settingsSha();
    return dataset ->
        new Publishing(
            settings,
            lateness,
            new Origin(
                context.runId(),
                context.codeVersion(),
                settingsSha,
                tables.publication().number(),
                dataset,
                tables.publication().versions().get(dataset)),
            now);
  }

  /** What the files of a dataset depend on, but for where they go. */
  private static String source(RunContext context, Publication published, Shape shape) {
    return "state %d of run %s by %s as %s with vars %s, rendered %s, and maps %s"
        .formatted(
            published.number(),
            published.runId(),
            context.codeVersion(),
            shape.format().label(),
            shape.vars().label(),
            shape.rendered().label(),
            shape.maps().label());
  }

  private static Map<Shape, List<Org>> byShape(RunContext context, Settings settings) {
    Map<Shape, List<Org>> groups = new LinkedHashMap<>();
    for (Org org : settings.orgs()) {
      if (context.org().map(org.slug()::equals).orElse(true)) {
        groups.computeIfAbsent(org.exports().shape(), shape -> new ArrayList<>()).add(org);
      }
    }
    return groups;
  }

  private static Map<String, ExportTarget> targets(
      RunContext context, List<Org> orgs, ExportSettings.Dataset dataset) {
    ExportTargets targets = targets(context);
    Map<String, ExportTarget> wanted = new TreeMap<>();
    for (Org org : orgs) {
      Set<ExportSettings.Dataset> asked = org.exports().datasets();
      if (asked.contains(dataset)) {
        wanted.put(org.slug(), targets.of(org));
      }
    }
    return wanted;
  }

  private static ExportTargets targets(RunContext context) {
    return new ExportTargets(
        context.bucket(), context.spark().sparkContext().hadoopConfiguration());
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
