package dev.copyloop.jobs.lake;

import static org.apache.spark.sql.types.DataTypes.BinaryType;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import dev.copyloop.events.lake.Tables;

/**
 * {@code quarantine}: a row is a line, or the unreadable rest of an object, that could not be
 * understood; placed by the UTC date of its landing hour.
 *
 * <p>{@code raw} is the landing line's bytes; a damaged object's row has none and line 0. {@code
 * detail} says what is wrong without personal data. {@code recovered_by} is the batch that
 * understood the line later.
 */
public final class QuarantineTable {
  /** SQL that holds for rows that no batch has recovered. */
  public static final String IS_OPEN = "recovered_by IS NULL";

  public static final TableSpec SPEC =
      TableSpec.daily(
          Tables.QUARANTINE,
          new Columns()
              .required(DateType, "date")
              .optional(StringType, "org")
              .required(StringType, "source", "reason", "detail")
              .optional(StringType, "event_id")
              .optional(TimestampType, "received_at")
              .optional(BinaryType, "raw")
              .required(StringType, "landing_object")
              .required(IntegerType, "landing_line")
              .required(StringType, "component", "code_version", "batch_id")
              .optional(StringType, "recovered_by")
              .schema(),
          "detail",
          "event_id");

  private QuarantineTable() {}
}
