package dev.copyloop.jobs.rebuild;

import dev.copyloop.jobs.lake.LakeTables;
import dev.copyloop.jobs.lake.LedgerTable;
import dev.copyloop.jobs.lake.QuarantineTable;
import dev.copyloop.jobs.lake.TableSpec;
import dev.copyloop.jobs.publish.PublishedSpecs;
import dev.copyloop.jobs.run.Job;
import dev.copyloop.jobs.run.JobResult;
import dev.copyloop.jobs.run.RunContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Empties every table but {@code restatements}, each by a commit, so that all landings are new
 * again. Readers keep what is published, since a table's old versions stay until they are vacuumed.
 *
 * <p>Quarantine goes first and the ledger second: whoever dies in between leaves tables that a
 * rebuild, or from the ledger on any night, brings to what the landings say.
 */
public final class ResetJob implements Job {

  @Override
  public String name() {
    return "reset";
  }

  @Override
  public String description() {
    return "Empties the tables; readers keep what is published.";
  }

  @Override
  public JobResult run(RunContext context) {
    LakeTables tables = context.tables();
    List<String> emptied = new ArrayList<>();
    for (TableSpec table : order()) {
      if (!tables.read(table).isEmpty()) {
        tables.replaceWhere(
            table,
            context.spark().createDataFrame(List.of(), table.schema()),
            "true",
            Optional.empty());
        emptied.add(table.name());
      }
    }
    return new ResetResult(emptied);
  }

  private static List<TableSpec> order() {
    List<TableSpec> order = new ArrayList<>(List.of(QuarantineTable.SPEC, LedgerTable.SPEC));
    for (TableSpec table : PublishedSpecs.FILLED) {
      if (!order.contains(table)) {
        order.add(table);
      }
    }
    return order;
  }
}
