package dev.copyloop.jobs.lake;

import dev.copyloop.jobs.lease.Lease;
import dev.copyloop.jobs.run.JobException;
import java.util.List;
import java.util.OptionalLong;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.SetTransaction;
import scala.Option;

/**
 * Numbers the commits of one turn of the lake's lease: {@code txnVersion} = token · 2^20 + n. Delta
 * skips a write whose number is not above the table's last, so a run that lost its turn can't
 * commit after a later one did.
 */
final class Fence {
  private static final String APPLICATION = "copyloop";
  private static final int COMMITS_PER_TURN = 1 << 20;

  private final Lease lease;
  private int commits;

  Fence(Lease lease) {
    this.lease = lease;
  }

  /** Numbers the next commit; empty without a lease. */
  OptionalLong next() {
    lease.check();
    if (lease.token().isEmpty()) {
      return OptionalLong.empty();
    }
    commits++;
    if (commits >= COMMITS_PER_TURN) {
      throw JobException.failed("Too many commits in one run: run the rest in another", null);
    }
    return OptionalLong.of(lease.token().getAsLong() * COMMITS_PER_TURN + commits);
  }

  static void number(DataFrameWriter<Row> writer, long number) {
    writer.option("txnAppId", APPLICATION).option("txnVersion", number);
  }

  /** Numbers a commit; false if the table has that number or a later one. */
  static boolean number(OptimisticTransaction commit, List<Action> actions, long number) {
    if (commit.txnVersion(APPLICATION) >= number) {
      return false;
    }
    actions.add(new SetTransaction(APPLICATION, number, Option.apply(System.currentTimeMillis())));
    return true;
  }

  /**
   * Makes sure that a commit was not skipped.
   *
   * @param after the table's state after it
   */
  void requireWritten(TableSpec table, long number, Snapshot after) {
    var last = after.transactions().get(APPLICATION);
    if (last.isEmpty() || (long) last.get() != number) {
      throw JobException.busy(
          "Cannot write table %s: a later run has the lake's lease. Nothing was written; run again"
              .formatted(table.name()));
    }
  }
}
