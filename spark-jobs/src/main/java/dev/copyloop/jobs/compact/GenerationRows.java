package dev.copyloop.jobs.compact;

import dev.copyloop.events.generation.FallbackReason;
import dev.copyloop.events.generation.GenerationRecord;
import dev.copyloop.jobs.lake.GenerationsTable;
import dev.copyloop.jobs.lake.InternalRows;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.unsafe.types.UTF8String;

/** Spells rows of {@code generations}. */
final class GenerationRows {
  /** How they are packed. */
  static final PackedLineRows PACKED = new PackedLineRows(GenerationsTable.SPEC.schema());

  private static final RowBuilder.Layout LAYOUT = new RowBuilder.Layout(GenerationsTable.SPEC);
  private static final int LANDING_OBJECT = LAYOUT.position("landing_object");
  private static final int LANDING_LINE = LAYOUT.position("landing_line");
  private static final int CALLS = LAYOUT.position("calls");
  private static final int CALL_IDS = LAYOUT.position("call_ids");
  private static final int CALL_LINES = LAYOUT.position("call_lines");
  private static final int BATCH_ID = LAYOUT.position("batch_id");

  private GenerationRows() {}

  /**
   * The row of a call by column, but for where it landed and which batch brought it: as if the
   * generation had no other call.
   */
  static Object[] values(ParsedLine.Generation line, LineDigests digests) {
    RowBuilder row = LAYOUT.row();
    GenerationRecord generation = line.generation();
    row.time("received_at", line.envelope().receivedAtMillis())
        .set("body_sha256", digests.bodyHex())
        .set("identity_hash", digests.identity().high());
    identity(row, generation);
    decision(row, generation);
    row.set("calls", 1).set("call_ids", List.of(generation.callId()));
    return row.values();
  }

  /**
   * A row whose values lacked where its line landed and which batch brought it.
   *
   * @param calls all calls of its generation; null: this one alone
   */
  static InternalRow brought(
      Object[] values, UTF8String object, int line, Calls calls, UTF8String batchId) {
    values[LANDING_OBJECT] = object;
    values[LANDING_LINE] = line;
    if (calls == null) {
      UTF8String place = UTF8String.fromString(LandingPlace.of("", line));
      values[CALL_LINES] = new GenericArrayData(new Object[] {UTF8String.concat(object, place)});
      values[BATCH_ID] = batchId;
    } else {
      setCalls(values, calls);
      values[BATCH_ID] = UTF8String.fromString(calls.batchId());
    }
    return new GenericInternalRow(values);
  }

  private static void identity(RowBuilder row, GenerationRecord generation) {
    row.set("date", ObjectIndexer.epochDay(generation.occurredAtMillis()))
        .set("org", generation.org())
        .set("generation_id", generation.generationId())
        .time("occurred_at", generation.occurredAtMillis())
        .time("decided_at", generation.decidedAtMillis())
        .set("user_id", generation.userId())
        .set("tracking_id", generation.trackingId())
        .set("template_id", generation.templateId())
        .set("workspace", generation.workspace())
        .set("campaign_id", generation.campaignId())
        .set("webhook_action_id", generation.webhookActionId())
        .set("idempotency_key", generation.idempotencyKey());
  }

  private static void decision(RowBuilder row, GenerationRecord generation) {
    row.set("arm", generation.arm().label())
        .set("copy_id", generation.copyId())
        .set("vars", generation.vars())
        .set("attrs", generation.attrs())
        .set("propensity", generation.propensity())
        .set("policy_version", generation.policyVersion())
        .set("draw", generation.draw().name().toLowerCase(Locale.ROOT))
        .set("fallback", generation.fallback().map(FallbackReason::label))
        .set("forced", generation.forced())
        .set("test", generation.test())
        .set("replayed", generation.replayed());
    generation.varsRendered().ifPresent(texts -> row.set("vars_rendered", texts));
  }

  /** A row of the table with more calls than it had; valid as long as that row is. */
  static InternalRow withCalls(InternalRow row, Calls calls) {
    StructField[] columns = GenerationsTable.SPEC.schema().fields();
    Object[] values = new Object[columns.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.get(i, columns[i].dataType());
    }
    setCalls(values, calls);
    return new GenericInternalRow(values);
  }

  private static void setCalls(Object[] values, Calls calls) {
    values[CALLS] = calls.ids().size();
    values[CALL_IDS] = InternalRows.texts(calls.ids());
    values[CALL_LINES] = InternalRows.texts(calls.lines());
  }
}
