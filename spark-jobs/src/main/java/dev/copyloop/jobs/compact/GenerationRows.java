package dev.copyloop.jobs.compact;

import dev.copyloop.events.generation.FallbackReason;
import dev.copyloop.events.generation.GenerationRecord;
import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.jobs.hash.Sha256;
import dev.copyloop.jobs.lake.GenerationsTable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** Spells rows of {@code generations}. */
final class GenerationRows {
  private GenerationRows() {}

  /** The row of a call, with all calls of its generation. */
  static Row row(ParsedLine.Generation line, String object, int number, Calls calls) {
    RowBuilder row = new RowBuilder(GenerationsTable.SPEC);
    GenerationRecord generation = line.generation();
    identity(row, line.envelope(), generation);
    decision(row, generation);
    row.set("calls", calls.ids().size())
        .set("call_ids", sequence(calls.ids()))
        .set("call_lines", sequence(calls.lines()))
        .set("landing_object", object)
        .set("landing_line", number)
        .set("batch_id", calls.batchId());
    return row.row();
  }

  private static void identity(RowBuilder row, LandingLine envelope, GenerationRecord generation) {
    row.set("date", LocalDate.ofEpochDay(ObjectIndexer.epochDay(generation.occurredAtMillis())))
        .set("org", generation.org())
        .set("generation_id", generation.generationId())
        .set("occurred_at", Instant.ofEpochMilli(generation.occurredAtMillis()))
        .set("decided_at", Instant.ofEpochMilli(generation.decidedAtMillis()))
        .set("received_at", Instant.ofEpochMilli(envelope.receivedAtMillis()))
        .set("user_id", generation.userId())
        .set("tracking_id", generation.trackingId())
        .set("template_id", generation.templateId())
        .set("workspace", generation.workspace())
        .set("campaign_id", generation.campaignId())
        .set("webhook_action_id", generation.webhookActionId())
        .set("idempotency_key", generation.idempotencyKey())
        .set("body_sha256", Sha256.hex(envelope.body().bytes()))
        .set(
            "identity_hash",
            ObjectIndexer.generationKey(generation.org(), generation.generationId()).high());
  }

  private static void decision(RowBuilder row, GenerationRecord generation) {
    row.set("arm", generation.arm().label())
        .set("copy_id", generation.copyId())
        .set("vars", texts(generation.vars()))
        .set("attrs", texts(generation.attrs()))
        .set("propensity", generation.propensity())
        .set("policy_version", generation.policyVersion())
        .set("draw", generation.draw().name().toLowerCase(Locale.ROOT))
        .set("fallback", generation.fallback().map(FallbackReason::label))
        .set("forced", generation.forced())
        .set("test", generation.test())
        .set("replayed", generation.replayed());
  }

  /** A row of the table with more calls than it had. */
  static Row withCalls(Row row, Calls calls) {
    StructType schema = GenerationsTable.SPEC.schema();
    Object[] values = new Object[row.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.get(i);
    }
    values[schema.fieldIndex("calls")] = calls.ids().size();
    values[schema.fieldIndex("call_ids")] = sequence(calls.ids());
    values[schema.fieldIndex("call_lines")] = sequence(calls.lines());
    return RowFactory.create(values);
  }

  private static Object texts(Map<String, String> texts) {
    return CollectionConverters.asScala(new TreeMap<>(texts));
  }

  private static Object sequence(List<String> texts) {
    return CollectionConverters.asScala(texts).toSeq();
  }
}
