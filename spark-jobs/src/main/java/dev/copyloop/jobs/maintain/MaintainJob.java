package dev.copyloop.jobs.maintain;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import dev.copyloop.jobs.lake.LakeTables;
import dev.copyloop.jobs.lake.LedgerTable;
import dev.copyloop.jobs.lake.Publication;
import dev.copyloop.jobs.lake.Publications;
import dev.copyloop.jobs.lake.TableMaintenance;
import dev.copyloop.jobs.lake.TableSpec;
import dev.copyloop.jobs.publish.PublishedSpecs;
import dev.copyloop.jobs.run.Job;
import dev.copyloop.jobs.run.JobResult;
import dev.copyloop.jobs.run.RunContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Joins small files, removes those that neither readers nor time travel need, and takes from the
 * ledger what is settled. Contents stay as they are.
 *
 * <p>A table that is ahead of what is published (a night failed its audits) is not vacuumed, so
 * that readers keep theirs however long that lasts.
 */
public final class MaintainJob implements Job {
  @Override
  public String name() {
    return "maintain";
  }

  @Override
  public String description() {
    return "Joins small files, vacuums what nobody needs any more, trims the ledger.";
  }

  @Override
  public JobResult run(RunContext context) throws IOException {
    LakeTables tables = context.tables();
    Map<String, Long> published =
        new Publications(context.bucket()).latest().map(Publication::versions).orElse(Map.of());
    List<TableSpec> current = new ArrayList<>();
    for (TableSpec table : PublishedSpecs.ALL) {
      if (published.getOrDefault(table.name(), -1L) == tables.version(table)) {
        current.add(table);
      }
    }
    long trimmed = trimLedger(tables);
    List<MaintainResult.Table> results = new ArrayList<>();
    for (TableSpec table : PublishedSpecs.ALL) {
      TableMaintenance.Joined joined = tables.maintenance().joinFiles(table);
      if (current.contains(table)) {
        tables.maintenance().vacuum(table);
      }
      results.add(
          new MaintainResult.Table(
              table.name(), joined.removed(), joined.added(), current.contains(table)));
    }
    return new MaintainResult(trimmed, results);
  }

  /** Drops what says that a batch was planned once it is finished. */
  private static long trimLedger(LakeTables tables) {
    Dataset<Row> ledger = tables.read(LedgerTable.SPEC);
    Set<String> finished = new HashSet<>();
    Map<String, Long> planned = new HashMap<>();
    for (Row batch : ledger.groupBy("state", "batch_id").count().collectAsList()) {
      if (batch.getString(0).equals(LedgerTable.CONSUMED)) {
        finished.add(batch.getString(1));
      } else {
        planned.put(batch.getString(1), batch.getLong(2));
      }
    }
    planned.keySet().retainAll(finished);
    if (!planned.isEmpty()) {
      tables.replaceWhere(
          LedgerTable.SPEC,
          ledger.where(
              col("state")
                  .equalTo(LedgerTable.PLANNED)
                  .and(not(col("batch_id").isin(planned.keySet().toArray())))),
          "state = '" + LedgerTable.PLANNED + "'",
          Optional.empty());
    }
    return planned.values().stream().mapToLong(Long::longValue).sum();
  }
}
