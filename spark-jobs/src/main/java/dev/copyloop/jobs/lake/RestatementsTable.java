package dev.copyloop.jobs.lake;

import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import dev.copyloop.events.lake.Tables;

/**
 * {@code restatements}: a row is a published daily figure that changed after it was final, or by a
 * backfill, a rebuild or other code. {@code published} is the state that shows it first, {@code
 * before} and {@code after} the figure in the state before and in that one.
 */
public final class RestatementsTable {
  public static final TableSpec SPEC =
      TableSpec.flat(
          Tables.RESTATEMENTS,
          new Columns()
              .required(LongType, "published")
              .required(TimestampType, "published_at")
              .required(StringType, "org", "dataset")
              .required(DateType, "event_date")
              .optional(StringType, "template_id", "copy_key", "arm", "rule_id")
              .optional(IntegerType, "rule_version")
              .optional(StringType, "currency")
              .required(StringType, "measure")
              .required(Columns.MONEY, "before", "after")
              .required(StringType, "reason", "run_id", "code_version", "settings_sha256")
              .required(StringType, "code_version_before", "settings_sha256_before")
              .schema());

  private RestatementsTable() {}
}
