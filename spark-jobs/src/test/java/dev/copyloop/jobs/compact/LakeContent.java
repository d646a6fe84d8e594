package dev.copyloop.jobs.compact;

import dev.copyloop.jobs.lake.EventsTable;
import dev.copyloop.jobs.lake.GenerationsTable;
import dev.copyloop.jobs.lake.LedgerTable;
import dev.copyloop.jobs.lake.QuarantineTable;
import dev.copyloop.jobs.lake.TableSpec;
import dev.copyloop.jobs.run.RunContext;
import io.delta.tables.DeltaTable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/** What a lake holds, canonically. */
final class LakeContent {
  private LakeContent() {}

  static List<String> events(RunContext run) {
    return Model.sorted(
        run.tables().read(EventsTable.SPEC).collectAsList().stream()
            .map(
                row ->
                    "%s %s %s %s %s"
                        .formatted(
                            row.getAs("date"),
                            row.getAs("source"),
                            row.getAs("event_id"),
                            row.<java.sql.Timestamp>getAs("received_at").toInstant(),
                            row.getAs("body_sha256")))
            .toList());
  }

  static List<String> generations(RunContext run) {
    return Model.sorted(
        run.tables().read(GenerationsTable.SPEC).collectAsList().stream()
            .map(
                row ->
                    "%s %s %s %s %d %s %s"
                        .formatted(
                            row.getAs("date"),
                            row.getAs("generation_id"),
                            row.getAs("copy_id"),
                            row.<java.sql.Timestamp>getAs("received_at").toInstant(),
                            row.<Integer>getAs("calls"),
                            row.getList(row.fieldIndex("call_ids")),
                            row.getAs("body_sha256")))
            .toList());
  }

  /** Reason of each quarantined row. */
  static List<String> quarantine(RunContext run) {
    return Model.sorted(
        run.tables().read(QuarantineTable.SPEC).collectAsList().stream()
            .map(row -> row.<String>getAs("source") + " " + row.getAs("reason"))
            .toList());
  }

  /** Sums of the ledger's figures by source: lines, kept, duplicates, superseded, quarantined. */
  static Map<String, List<Long>> ledger(RunContext run) {
    Map<String, List<Long>> sums = new TreeMap<>();
    for (Row row :
        run.tables()
            .read(LedgerTable.SPEC)
            .where("state = 'consumed'")
            .groupBy("source")
            .sum("lines", "kept", "duplicates", "superseded", "quarantined")
            .collectAsList()) {
      sums.put(
          row.getString(0),
          List.of(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5)));
    }
    return sums;
  }

  /** How many commits a table has. */
  static long commits(RunContext run, TableSpec table) {
    return DeltaTable.forPath(run.spark(), run.tables().location(table)).history().count();
  }
}
