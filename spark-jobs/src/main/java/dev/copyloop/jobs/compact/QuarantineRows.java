package dev.copyloop.jobs.compact;

import dev.copyloop.jobs.lake.QuarantineTable;
import java.time.Instant;
import java.time.ZoneOffset;
import org.apache.spark.sql.Row;

/** Spells rows of {@code quarantine}. */
final class QuarantineRows {
  private QuarantineRows() {}

  static Row row(QuarantinedLine line, LandingObject object, String codeVersion, String batchId) {
    boolean received = line.receivedAtMillis() >= 0;
    return new RowBuilder(QuarantineTable.SPEC)
        .set("date", object.hour().atZone(ZoneOffset.UTC).toLocalDate())
        .set("org", line.org())
        .set("source", object.source().label())
        .set("reason", line.reason().label())
        .set("detail", line.detail())
        .set("event_id", line.eventId())
        .set("received_at", received ? Instant.ofEpochMilli(line.receivedAtMillis()) : null)
        .set("raw", line.raw())
        .set("landing_object", object.key())
        .set("landing_line", line.line())
        .set("component", "compact")
        .set("code_version", codeVersion)
        .set("batch_id", batchId)
        .row();
  }
}
