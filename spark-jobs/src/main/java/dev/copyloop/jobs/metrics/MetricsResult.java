package dev.copyloop.jobs.metrics;

import dev.copyloop.jobs.hash.TableChange;
import dev.copyloop.jobs.run.JobResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the metrics job did to its tables.
 *
 * @param audit the sums that hold in what was computed; empty if there was nothing to compute
 */
public record MetricsResult(List<TableChange> tables, Optional<MetricsAudit> audit)
    implements JobResult {

  public MetricsResult {
    tables = List.copyOf(tables);
  }

  @Override
  public List<String> summary() {
    List<String> lines = new ArrayList<>();
    tables.forEach(table -> lines.add(table.summary()));
    lines.add(audit.map(MetricsAudit::summary).orElse("nothing new"));
    return lines;
  }
}
