package dev.copyloop.jobs.metrics;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.copyloop.jobs.hash.SignedRows;
import dev.copyloop.jobs.hash.WantedHashes;
import dev.copyloop.jobs.lake.LakeTables;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The assigned units that changed with what tells of them: a unit that was one and is no more, or
 * is another, has a row with {@code sign} -1 as it was; one that is new, a row with 1.
 */
final class AssignedChanges {

  private AssignedChanges() {}

  /**
   * Of all evidence what tells of the units that changed evidence tells of.
   *
   * @param changed with {@link LakeTables#GAINED}
   */
  static Dataset<Row> ofSameUnits(Dataset<Row> evidence, Dataset<Row> changed) {
    return WantedHashes.of(changed.select(AssignedUnits.key()))
        .among(evidence, AssignedUnits.key());
  }

  /**
   * The changed units, shaped as {@link AssignedUnits#of}.
   *
   * @param now of {@link #ofSameUnits}
   */
  static Dataset<Row> of(Dataset<Row> now, Dataset<Row> changed) {
    return SignedRows.net(
        AssignedUnits.together(now)
            .unionByName(
                AssignedUnits.together(before(now, changed))
                    .withColumn(SignedRows.SIGN, lit(-1L))));
  }

  /** What was known of the same units before. */
  private static Dataset<Row> before(Dataset<Row> now, Dataset<Row> changed) {
    Column taken = when(col(LakeTables.GAINED), lit(-1L)).otherwise(lit(1L));
    return SignedRows.net(
        now.withColumn(SignedRows.SIGN, lit(1L))
            .unionByName(changed.withColumn(SignedRows.SIGN, taken).drop(LakeTables.GAINED)));
  }
}
