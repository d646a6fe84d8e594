package dev.copyloop.jobs.compact;

import dev.copyloop.jobs.lake.QuarantineTable;
import java.time.ZoneOffset;
import org.apache.spark.sql.catalyst.InternalRow;

/** Spells rows of {@code quarantine}. */
final class QuarantineRows {
  private static final RowBuilder.Layout LAYOUT = new RowBuilder.Layout(QuarantineTable.SPEC);

  private QuarantineRows() {}

  static InternalRow row(
      QuarantinedLine line, LandingObject object, String codeVersion, String batchId) {
    RowBuilder row =
        LAYOUT
            .row()
            .set("date", object.hour().atZone(ZoneOffset.UTC).toLocalDate())
            .set("org", line.org())
            .set("source", object.source().label())
            .set("reason", line.reason().label())
            .set("detail", line.detail())
            .set("event_id", line.eventId())
            .set("raw", line.raw())
            .set("landing_object", object.key())
            .set("landing_line", line.line())
            .set("component", "compact")
            .set("code_version", codeVersion)
            .set("batch_id", batchId);
    if (line.receivedAtMillis() >= 0) {
      row.time("received_at", line.receivedAtMillis());
    }
    return row.row();
  }
}
