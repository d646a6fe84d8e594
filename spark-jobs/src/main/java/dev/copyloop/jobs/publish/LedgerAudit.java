package dev.copyloop.jobs.publish;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import dev.copyloop.events.landing.Source;
import dev.copyloop.jobs.lake.EventsTable;
import dev.copyloop.jobs.lake.GenerationsTable;
import dev.copyloop.jobs.lake.GroupSums;
import dev.copyloop.jobs.lake.LedgerTable;
import dev.copyloop.jobs.lake.QuarantineTable;
import java.util.Arrays;
import java.util.Collection;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Every line of every landing object that was ever consumed is in a table, once: lines = kept +
 * duplicates + superseded + quarantined, and the tables have as many rows as that.
 */
final class LedgerAudit implements Audit {

  @Override
  public Finding check(Changes changes) {
    Collection<long[]> batches = byBatch(changes.whole(LedgerTable.SPEC));
    long lines = sum(batches, 1);
    long accounted = sum(batches, 2);
    long[] counted = {sum(batches, 3), sum(batches, 4), sum(batches, 5)};
    long[] present = {
      changes.count(EventsTable.SPEC),
      changes.count(GenerationsTable.SPEC),
      GroupSums.count(changes.whole(QuarantineTable.SPEC).where(QuarantineTable.IS_OPEN))
    };
    long unfinished = batches.stream().filter(batch -> batch[0] == 0).count();
    boolean passed = unfinished == 0 && lines == accounted && Arrays.equals(counted, present);
    return Finding.of(
        passed,
        "reconciliation: %,d lines, %,d accounted for; counted and present: events %,d and %,d, generations %,d and %,d, quarantine %,d and %,d; batches that must be finished by compact or replay: %,d"
            .formatted(
                lines,
                accounted,
                counted[0],
                present[0],
                counted[1],
                present[1],
                counted[2],
                present[2],
                unfinished));
  }

  private static long sum(Collection<long[]> batches, int column) {
    return batches.stream().mapToLong(batch -> batch[column]).sum();
  }

  /** Of each batch the consumed objects; of those the sums that the audit is about. */
  private static Collection<long[]> byBatch(Dataset<Row> ledger) {
    Column consumed = col("state").equalTo(LedgerTable.CONSUMED);
    Column generation = col("source").equalTo(Source.GENERATE.label());
    Column accounted =
        col("kept").plus(col("duplicates")).plus(col("superseded")).plus(col("quarantined"));
    return GroupSums.of(
            ledger.select(
                col("batch_id"),
                when(consumed, lit(1L)),
                when(consumed, col("lines")),
                when(consumed, accounted),
                when(consumed.and(not(generation)), col("kept")),
                when(consumed.and(generation), col("kept")),
                when(consumed, col("quarantined").plus(col("damaged")))),
            1)
        .values();
  }
}
