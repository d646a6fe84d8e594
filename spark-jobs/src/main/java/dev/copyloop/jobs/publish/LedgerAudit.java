package dev.copyloop.jobs.publish;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.copyloop.events.landing.Source;
import dev.copyloop.jobs.lake.EventsTable;
import dev.copyloop.jobs.lake.GenerationsTable;
import dev.copyloop.jobs.lake.LakeTables;
import dev.copyloop.jobs.lake.LedgerTable;
import dev.copyloop.jobs.lake.QuarantineTable;
import java.util.Arrays;
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
    LakeTables tables = changes.context().tables();
    Row sums =
        sums(tables.read(LedgerTable.SPEC).where(col("state").equalTo(LedgerTable.CONSUMED)));
    long lines = sums.getLong(0);
    long accounted = sums.getLong(1);
    long[] counted = {sums.getLong(2), sums.getLong(3), sums.getLong(4)};
    long[] present = {
      tables.read(EventsTable.SPEC).count(),
      tables.read(GenerationsTable.SPEC).count(),
      tables.read(QuarantineTable.SPEC).where(QuarantineTable.IS_OPEN).count()
    };
    long unfinished = unfinished(tables.read(LedgerTable.SPEC));
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

  private static long unfinished(Dataset<Row> ledger) {
    Dataset<Row> finished = ledger.where(col("state").equalTo(LedgerTable.CONSUMED));
    return ledger
        .select("batch_id")
        .distinct()
        .except(finished.select("batch_id").distinct())
        .count();
  }

  private static Row sums(Dataset<Row> consumed) {
    var generation = col("source").equalTo(Source.GENERATE.label());
    return consumed
        .select(
            col("lines"),
            col("kept")
                .plus(col("duplicates"))
                .plus(col("superseded"))
                .plus(col("quarantined"))
                .as("accounted"),
            when(generation, lit(0L)).otherwise(col("kept")).as("events"),
            when(generation, col("kept")).otherwise(lit(0L)).as("generations"),
            col("quarantined").plus(col("damaged")).as("quarantined"))
        .agg(
            zero("lines"),
            zero("accounted"),
            zero("events"),
            zero("generations"),
            zero("quarantined"))
        .first();
  }

  private static Column zero(String column) {
    return coalesce(sum(column), lit(0L));
  }
}
