package dev.copyloop.jobs.attribute;

import dev.copyloop.jobs.hash.TableChange;
import dev.copyloop.jobs.run.JobResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What attribution did to its tables.
 *
 * @param audit the sums that hold in what was computed; empty if there was nothing to compute
 */
public record AttributeResult(List<TableChange> tables, Optional<DeliveryAudit> audit)
    implements JobResult {

  public AttributeResult {
    tables = List.copyOf(tables);
  }

  @Override
  public List<String> summary() {
    List<String> lines = new ArrayList<>();
    tables.forEach(table -> lines.add(table.summary()));
    lines.add(audit.map(DeliveryAudit::summary).orElse("nothing new"));
    return lines;
  }
}
