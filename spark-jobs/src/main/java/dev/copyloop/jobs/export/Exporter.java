package dev.copyloop.jobs.export;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;

import dev.copyloop.jobs.hash.ContentHash;
import dev.copyloop.jobs.hash.ContentHashes;
import dev.copyloop.jobs.run.Bucket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Publishes one dataset for orgs that want it in one shape: looks at the days whose files in the
 * table changed, writes the parts whose content differs from what their manifests say, then their
 * manifests, then the days'. A part that can't be written keeps nothing else from being written;
 * its manifest stays as it was, so the next run tries again.
 */
final class Exporter {

  private final Bucket ours;
  private final ExportConfig config;
  private final ForcedDays forced;
  private final Function<String, Publishing> publishing;
  private final String runId;

  /**
   * @param ours the bucket that keeps the state
   * @param forced days that are compared even if their files did not change
   * @param publishing writes the manifests of a dataset
   */
  Exporter(
      Bucket ours,
      ExportConfig config,
      ForcedDays forced,
      Function<String, Publishing> publishing,
      String runId) {
    this.ours = ours;
    this.config = config;
    this.forced = forced;
    this.publishing = publishing;
    this.runId = runId;
  }

  /** Publishes a dataset for those orgs. */
  List<DatasetExport> export(ExportDataset dataset, Map<String, ExportTarget> targets)
      throws IOException {
    String shape = dataset.shape();
    Map<String, String> fingerprints = DayFingerprints.of(dataset.table(), dataset.dayColumn());
    Map<String, ExportState> states = new TreeMap<>();
    Map<String, Set<String>> days = new TreeMap<>();
    List<DatasetExport> results = new ArrayList<>();
    for (String org : new TreeSet<>(targets.keySet())) {
      String place = targets.get(org).address(dataset.name());
      ExportState state = ExportState.read(ours, org, dataset.name(), shape + " at " + place);
      states.put(org, state);
      try {
        days.put(org, changedDays(dataset, targets.get(org), state, fingerprints));
      } catch (IOException e) {
        results.add(unreachable(dataset, org, targets.get(org), state, e));
      }
    }
    Map<String, OrgExport> plans = plans(dataset, targets, days, shape, results, states);
    Map<String, List<WrittenPart>> written = write(dataset, targets, plans);
    for (OrgExport plan : plans.values()) {
      results.add(
          finish(
              dataset,
              plan,
              states.get(plan.org()),
              fingerprints,
              written.getOrDefault(plan.org(), List.of())));
    }
    return results;
  }

  /** The days whose files are others than those that were brought out, or are gone. */
  private Set<String> changedDays(
      ExportDataset dataset,
      ExportTarget target,
      ExportState state,
      Map<String, String> fingerprints)
      throws IOException {
    Set<String> changed = new TreeSet<>();
    if (state.days().isEmpty()) {
      changed.addAll(PublishedParts.days(target, dataset.name(), dataset.partitioning()));
    }
    fingerprints.forEach(
        (day, fingerprint) -> {
          ExportState.Day known = state.days().get(day);
          if (known == null || !known.fingerprint().equals(fingerprint) || forced.contains(day)) {
            changed.add(day);
          }
        });
    state.days().keySet().stream()
        .filter(day -> !fingerprints.containsKey(day))
        .forEach(changed::add);
    return changed;
  }

  private Map<String, OrgExport> plans(
      ExportDataset dataset,
      Map<String, ExportTarget> targets,
      Map<String, Set<String>> days,
      String shape,
      List<DatasetExport> results,
      Map<String, ExportState> states) {
    Map<String, Map<String, ContentHash>> wanted = wanted(dataset, days);
    Map<String, OrgExport> plans = new TreeMap<>();
    days.forEach(
        (org, changed) -> {
          ExportTarget target = targets.get(org);
          try {
            PublishedParts published =
                PublishedParts.read(target, dataset.name(), dataset.partitioning(), changed);
            Map<String, ContentHash> parts =
                ofDays(dataset, wanted.getOrDefault(org, Map.of()), changed);
            plans.put(org, new OrgExport(org, target, changed, parts, published, shape));
          } catch (IOException e) {
            results.add(unreachable(dataset, org, target, states.get(org), e));
          }
        });
    return plans;
  }

  /** Orgs are read together: one may need days that another does not. */
  private static Map<String, ContentHash> ofDays(
      ExportDataset dataset, Map<String, ContentHash> parts, Set<String> days) {
    Map<String, ContentHash> own = new TreeMap<>(parts);
    own.keySet().removeIf(part -> !days.contains(dataset.partitioning().day(part)));
    return own;
  }

  private static Map<String, Map<String, ContentHash>> wanted(
      ExportDataset dataset, Map<String, Set<String>> days) {
    Map<String, Map<String, ContentHash>> wanted = new TreeMap<>();
    Set<String> all = new TreeSet<>();
    days.values().forEach(all::addAll);
    if (all.isEmpty()) {
      return wanted;
    }
    ContentHashes.byGroup(
            dataset.rows(all, days.keySet()),
            List.of(ExportDataset.ORG, ExportDataset.PART),
            Arrays.asList(dataset.fileColumns().fieldNames()))
        .forEach(
            (key, hash) -> {
              int bar = key.lastIndexOf('|');
              wanted
                  .computeIfAbsent(key.substring(0, bar), org -> new TreeMap<>())
                  .put(key.substring(bar + 1), hash);
            });
    return wanted;
  }

  private Map<String, List<WrittenPart>> write(
      ExportDataset dataset, Map<String, ExportTarget> targets, Map<String, OrgExport> plans) {
    PartWriter writer = writer(dataset, targets, plans);
    List<WrittenPart> written = new ArrayList<>(writeChanged(dataset, plans, writer));
    for (OrgExport plan : plans.values()) {
      plan.emptied().forEach(part -> written.add(writer.writeEmpty(plan.org(), part)));
    }
    return written.stream().collect(Collectors.groupingBy(WrittenPart::org));
  }

  private static List<WrittenPart> writeChanged(
      ExportDataset dataset, Map<String, OrgExport> plans, PartWriter writer) {
    List<String> changed = new ArrayList<>();
    Set<String> days = new TreeSet<>();
    for (OrgExport plan : plans.values()) {
      for (String part : plan.changed()) {
        changed.add(plan.org() + "|" + part);
        days.add(dataset.partitioning().day(part));
      }
    }
    if (changed.isEmpty()) {
      return List.of();
    }
    return sorted(dataset, dataset.rows(days, plans.keySet()), changed)
        .mapPartitions(
            (MapPartitionsFunction<Row, WrittenPart>) writer::write,
            Encoders.javaSerialization(WrittenPart.class))
        .collectAsList();
  }

  private PartWriter writer(
      ExportDataset dataset, Map<String, ExportTarget> targets, Map<String, OrgExport> plans) {
    Map<String, String> etags = new HashMap<>();
    for (OrgExport plan : plans.values()) {
      etags.putAll(plan.etags(dataset.name(), dataset.partitioning()));
    }
    PartWriter.Settings settings =
        new PartWriter.Settings(
            dataset.name(),
            dataset.partitioning(),
            dataset.format(),
            dataset.fileColumns(),
            config.partSize().bytes(),
            runId);
    return new PartWriter(settings, targets, etags);
  }

  private static Dataset<Row> sorted(
      ExportDataset dataset, Dataset<Row> rows, List<String> changed) {
    Column key = concat_ws("|", col(ExportDataset.ORG), col(ExportDataset.PART));
    List<Column> order = new ArrayList<>();
    order.add(col(ExportDataset.ORG));
    order.add(col(ExportDataset.PART));
    dataset.order().forEach(name -> order.add(col(name)));
    return rows.where(key.isin(changed.toArray()))
        .repartition(col(ExportDataset.ORG), col(ExportDataset.PART))
        .sortWithinPartitions(order.toArray(Column[]::new));
  }

  private DatasetExport finish(
      ExportDataset dataset,
      OrgExport plan,
      ExportState state,
      Map<String, String> fingerprints,
      List<WrittenPart> parts)
      throws IOException {
    Publishing.Outcome outcome = publishing.apply(dataset.name()).publish(dataset, plan, parts);
    Map<String, ExportState.Day> days = new TreeMap<>(state.days());
    Set<String> done = new TreeSet<>(plan.days());
    done.removeAll(outcome.failedDays());
    days.keySet().removeAll(done);
    days.putAll(plan.states(dataset.partitioning(), fingerprints, outcome.failedDays()));
    ExportState next = new ExportState(state.shape(), days);
    if (!next.equals(state)) {
      next.write(ours, plan.org(), dataset.name());
    }
    return result(dataset, plan.org(), plan.target(), next, plan.days(), outcome);
  }

  private static DatasetExport unreachable(
      ExportDataset dataset,
      String org,
      ExportTarget target,
      ExportState state,
      IOException failure) {
    String why =
        "Cannot read the manifests of %s: %s".formatted(target.address(dataset.name()), failure);
    return result(
        dataset,
        org,
        target,
        state,
        Set.of(),
        new Publishing.Outcome(List.of(), Set.of(), List.of(why)));
  }

  private static DatasetExport result(
      ExportDataset dataset,
      String org,
      ExportTarget target,
      ExportState state,
      Set<String> compared,
      Publishing.Outcome outcome) {
    List<WrittenPart> put = outcome.put();
    return new DatasetExport(
        org,
        dataset.name(),
        target.address(dataset.name()),
        state.content().rows(),
        state.parts(),
        List.copyOf(compared),
        put.stream().map(WrittenPart::part).sorted().toList(),
        put.stream().filter(part -> part.rows() == 0).map(WrittenPart::part).sorted().toList(),
        state.content().toString(),
        outcome.failures());
  }
}
