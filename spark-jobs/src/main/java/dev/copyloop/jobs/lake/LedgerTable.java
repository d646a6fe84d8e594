package dev.copyloop.jobs.lake;

import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import dev.copyloop.events.lake.Tables;

/**
 * {@code landing_ledger}: a row says that a landing object was planned into a batch, or consumed by
 * it, then with what became of its lines.
 *
 * <p>Of consumed rows: lines = kept + duplicates + superseded + quarantined, per object. {@code
 * damaged} is 1 if the object could not be read to its end or is not what was written; the
 * quarantine then has one row more, which stands for no line.
 */
public final class LedgerTable {
  /** The object is part of a batch that was not finished when this row was written. */
  public static final String PLANNED = "planned";

  /** All of the object's lines are in the tables. */
  public static final String CONSUMED = "consumed";

  public static final TableSpec SPEC =
      TableSpec.flat(
          Tables.LANDING_LEDGER,
          new Columns()
              .required(StringType, "object", "source")
              .required(TimestampType, "hour")
              .required(LongType, "bytes")
              .optional(StringType, "sha256")
              .optional(LongType, "lines", "kept", "duplicates", "superseded", "quarantined")
              .optional(IntegerType, "damaged")
              .optional(TimestampType, "min_occurred_at", "max_occurred_at")
              .required(StringType, "batch_id", "state")
              .schema());

  private LedgerTable() {}
}
