package dev.copyloop.jobs.attribute;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.copyloop.jobs.attribute.journey.GenerationRows;
import dev.copyloop.jobs.attribute.table.AttributionKeys;
import dev.copyloop.jobs.hash.SignedRows;
import dev.copyloop.jobs.lake.EventsTable;
import dev.copyloop.jobs.lake.FileChanges;
import dev.copyloop.jobs.lake.GenerationsTable;
import dev.copyloop.jobs.lake.LakeTables;
import dev.copyloop.jobs.progress.StageRun;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows by which attribution's inputs differ from those of its last run, read once.
 *
 * @param events rows that are new
 * @param generations narrow rows of {@link GenerationRows} that are new, and those that are gone
 * @param newGenerations of those the new ones
 */
record ChangedInputs(Dataset<Row> events, Dataset<Row> generations, Dataset<Row> newGenerations) {

  /** What says how an event landed, not what happened. */
  private static final String[] HOW_IT_LANDED = {
    "received_at", "landing_object", "landing_line", "body_sha256", "batch_id"
  };

  /** What else attribution makes nothing of. */
  private static final String[] NOT_READ = {"subject", "failure_message", "extra", "identity_hash"};

  /**
   * The changed rows; empty if they can't be told, or an event is not what it was: then what it had
   * linked may be linked no more.
   */
  static Optional<ChangedInputs> of(LakeTables tables, StageRun stage) {
    Optional<FileChanges> events = stage.changes(EventsTable.SPEC);
    Optional<FileChanges> generations = stage.changes(GenerationsTable.SPEC);
    if (events.isEmpty() || generations.isEmpty()) {
      return Optional.empty();
    }
    Dataset<Row> changed = tables.rows(EventsTable.SPEC, events.get());
    if (events.get().hasLost()) {
      changed = net(changed.drop(HOW_IT_LANDED));
      if (changed.where(col(LakeTables.GAINED).equalTo(false)).count() > 0) {
        return Optional.empty();
      }
    }
    Dataset<Row> refs =
        GenerationRows.of(tables.rows(GenerationsTable.SPEC, generations.get()), LakeTables.GAINED);
    Dataset<Row> changedRefs = AttributionKeys.kept(generations.get().hasLost() ? net(refs) : refs);
    return Optional.of(
        new ChangedInputs(
            AttributionKeys.kept(
                changed.drop(LakeTables.GAINED).drop(HOW_IT_LANDED).drop(NOT_READ)),
            changedRefs.drop(LakeTables.GAINED),
            changedRefs.where(col(LakeTables.GAINED)).drop(LakeTables.GAINED)));
  }

  /** Rows that only moved to another file are none. */
  private static Dataset<Row> net(Dataset<Row> rows) {
    Dataset<Row> signed =
        rows.withColumn(SignedRows.SIGN, when(col(LakeTables.GAINED), 1L).otherwise(-1L))
            .drop(LakeTables.GAINED);
    return SignedRows.net(signed)
        .withColumn(LakeTables.GAINED, col(SignedRows.SIGN).gt(lit(0)))
        .drop(SignedRows.SIGN);
  }
}
