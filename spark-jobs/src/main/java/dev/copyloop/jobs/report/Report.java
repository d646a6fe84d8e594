package dev.copyloop.jobs.report;

import dev.copyloop.jobs.run.JobResult;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An org's figures over all days, as printed; as JSON its members in snake case.
 *
 * @param unattributed deliveries in no arm, by reason
 * @param daysOfOlderSettings days whose figures were last written by other settings than the
 *     current ones; a backfill applies those
 * @param exports the folder of the org's exports
 * @param howToRead lines of Python that open them
 */
public record Report(
    String org,
    List<TemplateFigures> templates,
    Map<String, Long> unattributed,
    Reconciliation reconciliation,
    List<LocalDate> daysOfOlderSettings,
    String exports,
    List<String> howToRead)
    implements JobResult {

  public Report {
    templates = List.copyOf(templates);
    unattributed = new TreeMap<>(unattributed);
    daysOfOlderSettings = List.copyOf(daysOfOlderSettings);
    howToRead = List.copyOf(howToRead);
  }

  @Override
  public List<String> summary() {
    return ReportTable.lines(this);
  }
}
