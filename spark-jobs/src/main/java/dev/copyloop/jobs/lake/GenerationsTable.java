package dev.copyloop.jobs.lake;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import dev.copyloop.events.lake.Tables;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * {@code generations}: a row is a logical decision, the latest answered of its calls, placed by the
 * UTC date of its time. Tests are among them, flagged.
 *
 * <p>Unique by (org, generation_id). {@code call_ids} are sorted; {@code call_lines} says in the
 * same order where each call landed, as {@code <object>#<line>}. {@code batch_id} is the batch that
 * first brought the generation. {@code identity_hash} is the first 64 bits of a SHA-256 of org and
 * generation_id, by which further calls are looked for; null in rows of the release before. {@code
 * vars_rendered} is null unless the org kept the texts as people got them.
 */
public final class GenerationsTable {
  private static final DataType LIST = DataTypes.createArrayType(StringType, false);

  public static final TableSpec SPEC =
      TableSpec.daily(
          Tables.GENERATIONS,
          new Columns()
              .required(DateType, "date")
              .required(StringType, "org", "generation_id")
              .required(TimestampType, "occurred_at", "decided_at", "received_at")
              .required(IntegerType, "calls")
              .required(LIST, "call_ids", "call_lines")
              .optional(StringType, "user_id", "tracking_id")
              .required(StringType, "template_id")
              .optional(StringType, "workspace", "campaign_id", "webhook_action_id")
              .required(StringType, "arm", "copy_id")
              .required(Columns.TEXTS, "vars", "attrs")
              .required(DoubleType, "propensity")
              .required(StringType, "policy_version", "draw")
              .optional(StringType, "fallback")
              .required(BooleanType, "forced", "test", "replayed")
              .optional(StringType, "idempotency_key")
              .required(StringType, "landing_object")
              .required(IntegerType, "landing_line")
              .required(StringType, "body_sha256", "batch_id")
              .optional(LongType, "identity_hash")
              .optional(Columns.TEXTS, "vars_rendered")
              .schema(),
          "user_id",
          "tracking_id",
          "idempotency_key",
          "vars_rendered");

  private GenerationsTable() {}
}
