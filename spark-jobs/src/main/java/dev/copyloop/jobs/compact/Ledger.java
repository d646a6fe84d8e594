package dev.copyloop.jobs.compact;

import dev.copyloop.events.landing.Source;
import dev.copyloop.jobs.lake.InternalRows;
import dev.copyloop.jobs.lake.LakeTables;
import dev.copyloop.jobs.lake.LedgerTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** The ledger of landing objects: says what is taken, and remembers what was done. */
final class Ledger {
  private final SparkSession spark;
  private final LakeTables tables;

  Ledger(SparkSession spark, LakeTables tables) {
    this.spark = spark;
    this.tables = tables;
  }

  /**
   * What the ledger says.
   *
   * @param objects all that belong to some batch, by key
   * @param unfinished batches that were planned and not consumed, by id
   */
  record State(Map<String, LandingObject> objects, List<Batch> unfinished, Set<String> batchIds) {
    /** The keys of all objects that belong to some batch. */
    Set<String> taken() {
      return objects.keySet();
    }
  }

  State read() {
    Map<String, LandingObject> objects = new HashMap<>();
    Set<String> batchIds = new HashSet<>();
    Set<String> consumed = new HashSet<>();
    Map<String, List<LandingObject>> planned = new TreeMap<>();
    for (Row row : rows()) {
      LandingObject object = object(row);
      String batchId = row.getString(4);
      objects.put(object.key(), object);
      batchIds.add(batchId);
      if (row.getString(5).equals(LedgerTable.CONSUMED)) {
        consumed.add(batchId);
      } else {
        planned.computeIfAbsent(batchId, id -> new ArrayList<>()).add(object);
      }
    }
    planned.keySet().removeAll(consumed);
    List<Batch> unfinished = new ArrayList<>();
    planned.forEach((id, own) -> unfinished.add(Batch.of(id, own, true)));
    return new State(objects, unfinished, batchIds);
  }

  private List<Row> rows() {
    if (!tables.exists(LedgerTable.SPEC)) {
      return List.of();
    }
    return tables
        .read(LedgerTable.SPEC)
        .select("object", "source", "hour", "bytes", "batch_id", "state")
        .collectAsList();
  }

  private static LandingObject object(Row row) {
    return new LandingObject(
        -1,
        row.getString(0),
        row.getString(0),
        Source.of(row.getString(1)),
        row.getTimestamp(2).toInstant(),
        row.getLong(3),
        LineChoice.ALL);
  }

  /** Writes down what a batch consists of, before any work. */
  void plan(Batch batch) {
    List<Row> rows = new ArrayList<>();
    for (LandingObject object : batch.objects()) {
      rows.add(
          RowFactory.create(
              object.key(),
              object.source().label(),
              object.hour(),
              object.bytes(),
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              batch.id(),
              LedgerTable.PLANNED));
    }
    append(batch, rows);
  }

  /**
   * Writes down what became of a batch, after all else. A replay takes lines out of the quarantine:
   * with its rows an object's sums stay what became of all its lines.
   */
  void consume(Batch batch, List<ObjectOutcome> outcomes) {
    List<Row> rows = new ArrayList<>();
    for (ObjectOutcome outcome : outcomes) {
      LandingObject object = batch.objects().get(outcome.object());
      ObjectSummary summary = outcome.summary();
      long knownLines = batch.isReplay() ? summary.lines() : 0;
      rows.add(
          RowFactory.create(
              object.key(),
              object.source().label(),
              object.hour(),
              object.bytes(),
              summary.sha256(),
              summary.lines() - knownLines,
              outcome.kept(),
              outcome.duplicates(),
              outcome.superseded(),
              summary.quarantined() - knownLines,
              summary.damaged(),
              summary.minOccurredAt().orElse(null),
              summary.maxOccurredAt().orElse(null),
              batch.id(),
              LedgerTable.CONSUMED));
    }
    append(batch, rows);
  }

  private void append(Batch batch, List<Row> rows) {
    tables.append(
        LedgerTable.SPEC,
        InternalRows.of(spark.createDataFrame(rows, LedgerTable.SPEC.schema()).coalesce(1)),
        Optional.of(batch.id()));
  }
}
