package dev.copyloop.jobs.compact;

import dev.copyloop.events.landing.Source;
import dev.copyloop.jobs.lake.EventsTable;
import dev.copyloop.jobs.lake.GenerationsTable;
import dev.copyloop.jobs.lake.LakeTables;
import dev.copyloop.jobs.lake.QuarantineTable;
import dev.copyloop.jobs.lake.TableSpec;
import dev.copyloop.jobs.run.JobException;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * The audit of a batch: what was counted from its objects must be what lies in the tables, per
 * source.
 */
final class Reconciliation {
  private final LakeTables tables;

  Reconciliation(LakeTables tables) {
    this.tables = tables;
  }

  /**
   * Compares.
   *
   * @throws JobException with the figures of every source that does not reconcile
   */
  void check(BatchOutcome outcome) {
    String batchId = outcome.batch().id();
    Map<String, Long> kept = bySource(EventsTable.SPEC, "batch_id", batchId);
    kept.put(Source.GENERATE.label(), count(batchId));
    if (outcome.batch().isReplay()) {
      checkReplay(outcome, kept);
      return;
    }
    Map<String, Long> quarantined = bySource(QuarantineTable.SPEC, "batch_id", batchId);
    outcome
        .sources()
        .forEach(
            (source, lines) ->
                check(
                    batchId,
                    source,
                    lines,
                    kept.getOrDefault(source, 0L),
                    quarantined.getOrDefault(source, 0L)));
  }

  /** What a replay understood is what it marked in the quarantine. */
  private void checkReplay(BatchOutcome outcome, Map<String, Long> kept) {
    String batchId = outcome.batch().id();
    Map<String, Long> marked = bySource(QuarantineTable.SPEC, "recovered_by", batchId);
    outcome
        .sources()
        .forEach(
            (source, lines) ->
                check(
                    batchId,
                    source,
                    lines,
                    kept.getOrDefault(source, 0L),
                    lines.landed() - marked.getOrDefault(source, 0L)));
  }

  private static void check(
      String batchId, String source, CompactResult.Lines lines, long kept, long quarantined) {
    boolean sums =
        lines.landed()
            == lines.kept() + lines.duplicates() + lines.superseded() + lines.quarantined();
    boolean tables =
        lines.kept() == kept && lines.quarantined() + lines.damagedObjects() == quarantined;
    if (!sums || !tables) {
      throw JobException.auditFailed(
          "Batch %s does not reconcile for %s: %s, but the tables hold %d kept and %d quarantined rows of it; the batch stays open and nothing was published"
              .formatted(batchId, source, lines, kept, quarantined));
    }
  }

  private Map<String, Long> bySource(TableSpec table, String column, String batchId) {
    Map<String, Long> counts = new HashMap<>();
    if (tables.isKnownEmpty(table)) {
      return counts;
    }
    for (Row row :
        tables
            .read(table)
            .where(functions.col(column).equalTo(batchId))
            .groupBy("source")
            .count()
            .collectAsList()) {
      counts.put(row.getString(0), row.getLong(1));
    }
    return counts;
  }

  private long count(String batchId) {
    return tables.isKnownEmpty(GenerationsTable.SPEC)
        ? 0
        : tables
            .read(GenerationsTable.SPEC)
            .where(functions.col("batch_id").equalTo(batchId))
            .count();
  }
}
