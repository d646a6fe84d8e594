package dev.copyloop.jobs.export;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;

import dev.copyloop.events.lake.LakeLayout;
import dev.copyloop.events.settings.Org;
import dev.copyloop.events.settings.Settings;
import dev.copyloop.jobs.export.Manifest.HourEntry;
import dev.copyloop.jobs.hash.ContentHash;
import dev.copyloop.jobs.hash.ContentHashes;
import dev.copyloop.jobs.run.Bucket;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Publishes one dataset: writes the parts whose content differs from what their manifests say, then
 * their manifests, then the days'. A part that can't be written keeps nothing else from being
 * written; its manifest stays as it was, so the next run tries again.
 */
final class Exporter {

  /** How long Customer.io retries a webhook: no event arrives later by itself. */
  static final Duration LATEST_ARRIVAL = Duration.ofDays(7);

  private final Bucket bucket;
  private final Settings settings;
  private final Origin origin;

  Exporter(Bucket bucket, Settings settings, Origin origin) {
    this.bucket = bucket;
    this.settings = settings;
    this.origin = origin;
  }

  /** Publishes a dataset for every org that has or had rows of it. */
  List<DatasetExport> export(ExportDataset dataset) throws IOException {
    Map<String, Map<String, ContentHash>> wanted = wanted(dataset);
    Set<String> orgs = new TreeSet<>(wanted.keySet());
    settings.orgs().forEach(org -> orgs.add(org.slug()));
    List<OrgExport> exports = new ArrayList<>();
    for (String org : orgs) {
      PublishedParts published = PublishedParts.read(bucket, org, dataset);
      exports.add(new OrgExport(org, dataset, wanted.getOrDefault(org, Map.of()), published));
    }
    PartWriter writer =
        new PartWriter(bucket, dataset.name(), dataset.partitioning(), fileColumns(dataset));
    Map<String, List<WrittenPart>> written = write(dataset, exports, writer);
    List<DatasetExport> results = new ArrayList<>();
    for (OrgExport export : exports) {
      results.add(publish(export, writer, written.getOrDefault(export.org(), List.of())));
    }
    return results;
  }

  private static Map<String, Map<String, ContentHash>> wanted(ExportDataset dataset) {
    Map<String, Map<String, ContentHash>> wanted = new TreeMap<>();
    ContentHashes.byGroup(
            dataset.rows(), List.of(ExportDataset.ORG, ExportDataset.PART), dataset.columns())
        .forEach(
            (key, hash) -> {
              int bar = key.lastIndexOf('|');
              wanted
                  .computeIfAbsent(key.substring(0, bar), org -> new TreeMap<>())
                  .put(key.substring(bar + 1), hash);
            });
    return wanted;
  }

  private static StructType fileColumns(ExportDataset dataset) {
    StructType columns = new StructType();
    for (String name : dataset.columns()) {
      StructField field = dataset.rows().schema().apply(name);
      columns = columns.add(name, field.dataType(), field.nullable());
    }
    return columns;
  }

  private static Map<String, List<WrittenPart>> write(
      ExportDataset dataset, List<OrgExport> exports, PartWriter writer) {
    Object[] changed = exports.stream().flatMap(export -> export.changed().stream()).toArray();
    List<WrittenPart> written = new ArrayList<>();
    if (changed.length > 0) {
      Column key = concat_ws("|", col(ExportDataset.ORG), col(ExportDataset.PART));
      List<Column> order = new ArrayList<>();
      order.add(col(ExportDataset.ORG));
      order.add(col(ExportDataset.PART));
      dataset.order().forEach(name -> order.add(col(name)));
      Dataset<Row> sorted =
          dataset
              .rows()
              .where(key.isin(changed))
              .repartition(col(ExportDataset.ORG), col(ExportDataset.PART))
              .sortWithinPartitions(order.toArray(Column[]::new));
      written.addAll(
          sorted
              .mapPartitions(
                  (MapPartitionsFunction<Row, WrittenPart>) writer::write,
                  Encoders.javaSerialization(WrittenPart.class))
              .collectAsList());
    }
    for (OrgExport export : exports) {
      export.emptied().forEach(part -> written.add(writer.writeEmpty(export.org(), part)));
    }
    return written.stream().collect(Collectors.groupingBy(WrittenPart::org));
  }

  private DatasetExport publish(OrgExport export, PartWriter writer, List<WrittenPart> parts) {
    List<String> failures = new ArrayList<>();
    List<WrittenPart> put = new ArrayList<>();
    for (WrittenPart part : parts) {
      String folder = writer.folder(part.org(), part.part());
      Optional<String> failure =
          part.failed()
              ? Optional.of(part.failure())
              : tryWrite(folder + LakeLayout.MANIFEST, manifest(export, part));
      failure.ifPresent(why -> failures.add(explained(folder, why)));
      if (failure.isEmpty()) {
        put.add(part);
      }
    }
    if (export.dataset().partitioning() == Partitioning.HOUR) {
      publishDays(export, put, failures);
    }
    return export.result(bucket, put, failures);
  }

  private byte[] manifest(OrgExport export, WrittenPart part) {
    return Manifest.ofPart(
        export.dataset().name(),
        part,
        export.contentHash(part.part()),
        finalAfter(export, export.dataset().partitioning(), part.part()),
        origin);
  }

  private void publishDays(OrgExport export, List<WrittenPart> parts, List<String> failures) {
    Map<String, Map<Integer, HourEntry>> days = new TreeMap<>();
    for (WrittenPart part : parts) {
      String day = part.part().substring(0, part.part().indexOf('T'));
      int hour = Integer.parseInt(part.part().substring(part.part().indexOf('T') + 1));
      days.computeIfAbsent(day, each -> new TreeMap<>(export.published().hours(each)))
          .put(hour, new HourEntry(part.rows(), export.contentHash(part.part())));
    }
    days.forEach(
        (day, hours) -> {
          String dataset = export.dataset().name();
          String folder = LakeLayout.exports(export.org()) + Partitioning.DAY.folder(dataset, day);
          Optional<Instant> finalAfter =
              Partitioning.DAY.end(day, ZoneOffset.UTC).map(end -> end.plus(LATEST_ARRIVAL));
          byte[] manifest = Manifest.ofDay(dataset, export.org(), day, hours, finalAfter, origin);
          tryWrite(folder + LakeLayout.MANIFEST, manifest)
              .ifPresent(why -> failures.add(explained(folder, why)));
        });
  }

  private Optional<Instant> finalAfter(OrgExport export, Partitioning partitioning, String part) {
    ZoneId zone = settings.org(export.org()).map(Org::timeZone).orElse(ZoneOffset.UTC);
    return partitioning.end(part, zone).map(end -> end.plus(LATEST_ARRIVAL));
  }

  private Optional<String> tryWrite(String key, byte[] bytes) {
    try {
      bucket.write(key, bytes);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(String.valueOf(e));
    }
  }

  private String explained(String folder, String why) {
    return "Cannot write export %s: %s".formatted(bucket.path(folder), why);
  }
}
