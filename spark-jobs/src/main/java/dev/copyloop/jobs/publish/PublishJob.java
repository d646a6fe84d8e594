package dev.copyloop.jobs.publish;

import dev.copyloop.jobs.lake.LakeTables;
import dev.copyloop.jobs.lake.Publication;
import dev.copyloop.jobs.lake.Publications;
import dev.copyloop.jobs.lake.RestatementsTable;
import dev.copyloop.jobs.lake.TableSpec;
import dev.copyloop.jobs.run.Job;
import dev.copyloop.jobs.run.JobResult;
import dev.copyloop.jobs.run.RunContext;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Audits the tables, writes down which published figures were restated, and makes the tables'
 * present versions what readers read, all at once. If none differs from what is published, nothing
 * is audited or written; if an audit fails, nothing is published.
 */
public final class PublishJob implements Job {

  @Override
  public String name() {
    return "publish";
  }

  @Override
  public String description() {
    return "Audits the tables and makes their present state the one that readers read.";
  }

  @Override
  public JobResult run(RunContext context) throws IOException {
    Publications publications = new Publications(context.bucket());
    Optional<Publication> before = publications.latest();
    Map<String, Long> versions = versions(context.tables());
    List<String> changed = changed(before, versions);
    if (changed.isEmpty()) {
      Publication same = before.orElseThrow();
      return new PublishResult(same.number(), changed, same.versions(), 0, same.audits());
    }
    return publish(context, publications, before, versions);
  }

  private static PublishResult publish(
      RunContext context,
      Publications publications,
      Optional<Publication> before,
      Map<String, Long> versions)
      throws IOException {
    Changes changes = new Changes(context, before);
    List<String> audits = new ArrayList<>(Audits.check(changes));
    Restatements.forgotten(changes).ifPresent(audits::add);
    Publication draft = draft(context, before, versions, audits);
    int restated = 0;
    if (before.isPresent()) {
      RestatementRows rows = new RestatementRows(context, before.get(), draft, context.settings());
      restated = rows.write(Restatements.changedFigures(changes, rows::isTold));
    }
    Publication publication =
        draft.with(RestatementsTable.SPEC.name(), context.tables().version(RestatementsTable.SPEC));
    context.hook().before(Publications.POINT);
    publications.add(publication);
    context.hook().after(Publications.POINT);
    return new PublishResult(
        publication.number(), changed(before, versions), publication.versions(), restated, audits);
  }

  private static Publication draft(
      RunContext context,
      Optional<Publication> before,
      Map<String, Long> versions,
      List<String> audits)
      throws IOException {
    return new Publication(
        before.map(Publication::number).orElse(0L) + 1,
        Instant.now().truncatedTo(ChronoUnit.MILLIS),
        context.runId(),
        context.mode().label(),
        context.codeVersion(),
        context.settingsSha(),
        versions,
        audits);
  }

  private static Map<String, Long> versions(LakeTables tables) {
    Map<String, Long> versions = new TreeMap<>();
    for (TableSpec table : PublishedSpecs.FILLED) {
      versions.put(table.name(), tables.version(table));
    }
    return versions;
  }

  private static List<String> changed(Optional<Publication> before, Map<String, Long> versions) {
    Map<String, Long> published = before.map(Publication::versions).orElse(Map.of());
    return versions.entrySet().stream()
        .filter(table -> !table.getValue().equals(published.get(table.getKey())))
        .map(Map.Entry::getKey)
        .toList();
  }
}
