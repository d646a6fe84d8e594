package dev.copyloop.jobs.export;

import dev.copyloop.jobs.run.Bucket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Publishes one dataset for orgs that want it in one shape: looks at the days whose files in the
 * table changed, writes the parts whose content differs from what their manifests say, then their
 * manifests, then the days'. A part that can't be written keeps nothing else from being written;
 * its manifest stays as it was, so the next run tries again.
 */
final class Exporter {

  private static final Publishing.Outcome NOTHING =
      new Publishing.Outcome(List.of(), Set.of(), List.of());

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

  /**
   * Publishes a dataset for those orgs.
   *
   * @param name of the dataset
   * @param opened opens it, which reads its table's log
   * @param source names the published state it comes from and how its files are written: what was
   *     brought out of the same source is not looked at again
   */
  List<DatasetExport> export(
      String name, Supplier<ExportDataset> opened, String source, Map<String, ExportTarget> targets)
      throws IOException {
    List<DatasetExport> results = new ArrayList<>();
    Map<String, ExportState> states = new TreeMap<>();
    for (String org : new TreeSet<>(targets.keySet())) {
      ExportTarget target = targets.get(org);
      ExportState state = ExportState.read(ours, org, name);
      if (isOut(state, from(source, target, name))) {
        results.add(result(name, org, target, state, Set.of(), NOTHING));
      } else {
        states.put(org, state);
      }
    }
    if (!states.isEmpty()) {
      results.addAll(export(opened.get(), source, targets, states));
    }
    return results;
  }

  private boolean isOut(ExportState state, String source) {
    return state.source().equals(Optional.of(source))
        && state.days().keySet().stream().noneMatch(forced::contains);
  }

  private static String from(String source, ExportTarget target, String dataset) {
    return source + " at " + target.address(dataset);
  }

  private List<DatasetExport> export(
      ExportDataset dataset,
      String source,
      Map<String, ExportTarget> targets,
      Map<String, ExportState> before)
      throws IOException {
    String shape = dataset.shape();
    Map<String, String> fingerprints = DayFingerprints.of(dataset.table(), dataset.dayColumn());
    Map<String, ExportState> states = new TreeMap<>();
    before.forEach(
        (org, state) ->
            states.put(
                org, state.ofShape(shape + " at " + targets.get(org).address(dataset.name()))));
    List<DatasetExport> results = new ArrayList<>();
    PartRows rows = new PartRows(dataset);
    List<OrgExport> plans =
        rows.compared(plans(dataset, shape, targets, states, fingerprints, results));
    Map<String, List<WrittenPart>> written = write(rows, plans, targets);
    for (OrgExport plan : plans) {
      String origin = from(source, plan.target(), dataset.name());
      List<WrittenPart> parts = written.getOrDefault(plan.org(), List.of());
      results.add(
          finish(
              dataset, plan.knowing(parts), states.get(plan.org()), origin, fingerprints, parts));
    }
    return results;
  }

  /** What is to be looked at; where a destination can't be read, that is the result. */
  private List<OrgExport> plans(
      ExportDataset dataset,
      String shape,
      Map<String, ExportTarget> targets,
      Map<String, ExportState> states,
      Map<String, String> fingerprints,
      List<DatasetExport> results) {
    List<OrgExport> plans = new ArrayList<>();
    states.forEach(
        (org, state) -> {
          ExportTarget target = targets.get(org);
          try {
            Set<String> days = changedDays(dataset, target, state, fingerprints);
            PublishedParts published =
                PublishedParts.read(target, dataset.name(), dataset.partitioning(), days);
            plans.add(new OrgExport(org, target, days, Map.of(), published, shape));
          } catch (IOException e) {
            results.add(unreachable(dataset.name(), org, target, state, e));
          }
        });
    return plans;
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

  private Map<String, List<WrittenPart>> write(
      PartRows rows, List<OrgExport> plans, Map<String, ExportTarget> targets) {
    PartWriter writer = writer(rows.dataset(), targets, plans);
    List<WrittenPart> written = new ArrayList<>(rows.write(plans, writer));
    for (OrgExport plan : plans) {
      plan.emptied().forEach(part -> written.add(writer.writeEmpty(plan.org(), part)));
    }
    return written.stream().collect(Collectors.groupingBy(WrittenPart::org));
  }

  private PartWriter writer(
      ExportDataset dataset, Map<String, ExportTarget> targets, List<OrgExport> plans) {
    Map<String, String> etags = new HashMap<>();
    for (OrgExport plan : plans) {
      etags.putAll(plan.etags(dataset.name(), dataset.partitioning()));
    }
    PartWriter.Settings settings =
        new PartWriter.Settings(
            dataset.name(),
            dataset.partitioning(),
            dataset.format(),
            dataset.rowColumns(),
            config.partSize().bytes(),
            runId);
    return new PartWriter(settings, targets, etags);
  }

  private DatasetExport finish(
      ExportDataset dataset,
      OrgExport plan,
      ExportState state,
      String source,
      Map<String, String> fingerprints,
      List<WrittenPart> parts)
      throws IOException {
    Publishing.Outcome outcome = publishing.apply(dataset.name()).publish(dataset, plan, parts);
    Map<String, ExportState.Day> days = new TreeMap<>(state.days());
    Set<String> done = new TreeSet<>(plan.days());
    done.removeAll(outcome.failedDays());
    days.keySet().removeAll(done);
    days.putAll(plan.states(dataset.partitioning(), fingerprints, outcome.failedDays()));
    Optional<String> whole = outcome.failures().isEmpty() ? Optional.of(source) : Optional.empty();
    ExportState next = new ExportState(state.shape(), whole, days);
    if (!next.equals(state)) {
      next.write(ours, plan.org(), dataset.name());
    }
    return result(dataset.name(), plan.org(), plan.target(), next, plan.days(), outcome);
  }

  private static DatasetExport unreachable(
      String dataset, String org, ExportTarget target, ExportState state, IOException failure) {
    String why = "Cannot read the manifests of %s: %s".formatted(target.address(dataset), failure);
    return result(
        dataset,
        org,
        target,
        state,
        Set.of(),
        new Publishing.Outcome(List.of(), Set.of(), List.of(why)));
  }

  private static DatasetExport result(
      String dataset,
      String org,
      ExportTarget target,
      ExportState state,
      Set<String> compared,
      Publishing.Outcome outcome) {
    List<WrittenPart> put = outcome.put();
    return new DatasetExport(
        org,
        dataset,
        target.address(dataset),
        state.content().rows(),
        state.parts(),
        List.copyOf(compared),
        put.stream().map(WrittenPart::part).sorted().toList(),
        put.stream().filter(part -> part.rows() == 0).map(WrittenPart::part).sorted().toList(),
        state.content().toString(),
        outcome.failures());
  }
}
