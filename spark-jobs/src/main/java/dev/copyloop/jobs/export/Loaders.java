package dev.copyloop.jobs.export;

import dev.copyloop.events.settings.ExportSettings;
import dev.copyloop.events.settings.Org;
import dev.copyloop.events.settings.Settings;
import dev.copyloop.jobs.run.JobException;
import dev.copyloop.jobs.run.RunContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The SQL that loads an org's exports into its warehouse, for the columns that it gets. */
public final class Loaders {
  private final List<ExportDataset> datasets;
  private final String address;

  private Loaders(List<ExportDataset> datasets, String address) {
    this.datasets = datasets;
    this.address = address;
  }

  /**
   * An org's loaders.
   *
   * @throws JobException if there is no such org, or it gets no Parquet
   */
  public static Loaders of(RunContext context, String org) throws IOException {
    String target =
        new ExportTargets(context.bucket(), context.spark().sparkContext().hadoopConfiguration())
            .of(org(context, org))
            .address("")
            .replaceFirst("^s3a:", "s3:");
    return of(context, org, target.endsWith("/") ? target : target + "/");
  }

  /** The same for another address of the exports, ending in a slash. */
  public static Loaders of(RunContext context, String slug, String address) throws IOException {
    Settings settings = context.settings();
    Org org = org(context, slug);
    if (org.exports().shape().format() != ExportSettings.Format.PARQUET) {
      throw JobException.usage(
          "Loaders read Parquet, and org '%s' gets %s: change the format of its exports"
              .formatted(slug, org.exports().shape().format().label()));
    }
    ExportDatasets shapes =
        new ExportDatasets(context.published(), settings, org.exports().shape());
    return new Loaders(ordered(org.exports().datasets()).map(shapes::of).toList(), address);
  }

  /** What an org may have nothing of comes last: some warehouses stop there. */
  private static Stream<ExportSettings.Dataset> ordered(Set<ExportSettings.Dataset> datasets) {
    return datasets.stream()
        .sorted(
            Comparator.<ExportSettings.Dataset, Boolean>comparing(
                    ExportSettings.Dataset.DAILY_CUSTOM_METRICS::equals)
                .thenComparing(Comparator.naturalOrder()));
  }

  private static Org org(RunContext context, String slug) throws IOException {
    return context
        .settings()
        .org(slug)
        .orElseThrow(() -> JobException.usage("Unknown org '" + slug + "'"));
  }

  /** Writes one file per warehouse into a folder and names them. */
  public List<Path> write(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<Path> files = new ArrayList<>();
    for (Loader loader : EnumSet.allOf(Loader.class)) {
      List<String> parts = new ArrayList<>();
      datasets.forEach(dataset -> parts.add(loader.sql(dataset, address)));
      files.add(Files.writeString(folder.resolve(loader.fileName()), String.join("\n", parts)));
    }
    return files;
  }
}
