package dev.copyloop.jobs.rebuild;

import static org.apache.spark.sql.functions.col;

import dev.copyloop.events.lake.QuarantineReason;
import dev.copyloop.jobs.lake.LakeTables;
import dev.copyloop.jobs.lake.LedgerTable;
import dev.copyloop.jobs.lake.QuarantineTable;
import dev.copyloop.jobs.lake.TableSpec;
import dev.copyloop.jobs.publish.PublishedSpecs;
import dev.copyloop.jobs.run.Job;
import dev.copyloop.jobs.run.JobException;
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

  private final Verified verified;

  /** What becomes of lines that a replay verified. */
  private enum Verified {
    /** They are verified again. */
    REPLAYED,
    /** They would go back to the quarantine. */
    LOST
  }

  private ResetJob(Verified verified) {
    this.verified = verified;
  }

  /** Refuses to empty tables with lines that a replay verified by keys that came later. */
  public ResetJob() {
    this(Verified.LOST);
  }

  /** One that a replay with those keys follows. */
  public static ResetJob beforeReplay() {
    return new ResetJob(Verified.REPLAYED);
  }

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
    if (verified == Verified.LOST) {
      requireNoneVerified(tables);
    }
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

  private static void requireNoneVerified(LakeTables tables) {
    long lines =
        tables
            .read(QuarantineTable.SPEC)
            .where(col("recovered_by").isNotNull())
            .where(col("reason").equalTo(QuarantineReason.UNVERIFIED.label()))
            .count();
    if (lines > 0) {
      throw JobException.usage(
          ("Cannot rebuild without signing keys: a replay verified %,d lines by keys that were added"
                  + " later. Give --signing-keys the file that it was given, or one with [] to"
                  + " leave these lines in the quarantine")
              .formatted(lines));
    }
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
