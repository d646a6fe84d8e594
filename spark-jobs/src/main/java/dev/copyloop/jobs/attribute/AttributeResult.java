package dev.copyloop.jobs.attribute;

import dev.copyloop.jobs.hash.TableChange;
import dev.copyloop.jobs.run.JobResult;
import java.util.ArrayList;
import java.util.List;

/** What attribution did to its tables, and the sums that hold. */
public record AttributeResult(List<TableChange> tables, DeliveryAudit audit) implements JobResult {

  public AttributeResult {
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
