package dev.copyloop.jobs.metrics;

import dev.copyloop.jobs.hash.TableChange;
import dev.copyloop.jobs.run.JobResult;
import java.util.ArrayList;
import java.util.List;

/** What the metrics job did to its tables, and the sums that hold. */
public record MetricsResult(List<TableChange> tables, MetricsAudit audit) implements JobResult {

  public MetricsResult {
    tables = List.copyOf(tables);
  }

  @Override
  public List<String> summary() {
    List<String> lines = new ArrayList<>();
    tables.forEach(table -> lines.add(table.summary()));
    lines.add(audit.summary());
    return lines;
  }
}
