package dev.copyloop.jobs.compact;

import dev.copyloop.jobs.lake.EventsTable;
import dev.copyloop.jobs.lake.GenerationsTable;
import dev.copyloop.jobs.lake.InternalRows;
import dev.copyloop.jobs.lake.LakeTables;
import dev.copyloop.jobs.lake.QuarantineTable;
import dev.copyloop.jobs.run.RunContext;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Takes one batch into the tables. Its objects are read once: narrow keys decide which line brings
 * which row, and the rows wait, packed, where they were read, so that nothing wide is shuffled or
 * sorted.
 *
 * <p>Commits, in order: quarantine, events, generations, each only if it changes, then the audit,
 * then the ledger; a replay marks what it recovered in the quarantine after the rows. An
 * interrupted batch is run again whole; what it had written is found.
 */
final class BatchRun {
  private final RunContext context;
  private final LakeTables tables;
  private final Batch batch;
  private Set<String> remaining = Set.of();

  BatchRun(RunContext context, Batch batch) {
    this.context = context;
    this.tables = context.tables();
    this.batch = batch;
  }

  /** Runs the batch up to, but without, its last commit. */
  BatchOutcome run() {
    try (BatchIndex index = BatchIndex.read(context, batch)) {
      Map<String, Long> reasons = batch.isReplay() ? Map.of() : quarantine(index);
      Verdicts events = events(index);
      Verdicts generations = generations(index);
      if (batch.isReplay()) {
        remaining = Recovery.remaining(batch, index);
        new Recovery(context, batch).mark(remaining);
      }
      return BatchOutcome.of(batch, index, events, generations, reasons);
    }
  }

  /** Of a replay, once it ran: the landing places of lines that are still not understood. */
  Set<String> remaining() {
    return remaining;
  }

  private Map<String, Long> quarantine(BatchIndex index) {
    boolean any =
        index.summaries().stream()
            .anyMatch(summary -> summary.quarantined() + summary.damaged() > 0);
    if (any) {
      writeQuarantine(index);
      return new TreeMap<>(index.quarantined().map(line -> line.reason().label()).countByValue());
    }
    return new TreeMap<>();
  }

  private void writeQuarantine(BatchIndex index) {
    List<LandingObject> objects = batch.objects();
    String batchId = batch.id();
    String codeVersion = context.codeVersion();
    JavaRDD<InternalRow> rows =
        index
            .quarantined()
            .map(
                line -> QuarantineRows.row(line, objects.get(line.object()), codeVersion, batchId));
    if (batch.resumed()) {
      var frame = InternalRows.frame(context.spark(), rows, QuarantineTable.SPEC.schema());
      tables.replaceWhere(
          QuarantineTable.SPEC, frame, "batch_id = '" + batchId + "'", Optional.of(batchId));
    } else {
      tables.append(QuarantineTable.SPEC, rows, Optional.of(batchId));
    }
  }

  private Verdicts events(BatchIndex index) {
    if (index.days(RowKind.EVENTS).isEmpty()) {
      return new Verdicts();
    }
    String batchId = batch.id();
    JavaPairRDD<Integer, byte[]> keys = index.keys(RowKind.EVENTS);
    if (!tables.isKnownEmpty(EventsTable.SPEC)) {
      keys =
          keys.union(
              index.existing(RowKind.EVENTS).events(tables.pinned(), index.dates(RowKind.EVENTS)));
    }
    Verdicts verdicts = decide(index, keys, blocks -> EventDedup.decide(batchId, blocks));
    new TableWriter(tables, EventsTable.SPEC, batchId)
        .write(
            rows(index, RowKind.EVENTS, verdicts),
            written(index, RowKind.EVENTS, verdicts),
            verdicts);
    return verdicts;
  }

  private Verdicts generations(BatchIndex index) {
    if (index.days(RowKind.GENERATIONS).isEmpty()) {
      return new Verdicts();
    }
    String batchId = batch.id();
    List<String> objects = batch.objects().stream().map(LandingObject::key).toList();
    JavaPairRDD<Integer, byte[]> keys = index.keys(RowKind.GENERATIONS);
    if (!tables.isKnownEmpty(GenerationsTable.SPEC)) {
      keys = keys.union(index.existing(RowKind.GENERATIONS).generations(tables.pinned()));
    }
    Verdicts verdicts =
        decide(index, keys, blocks -> GenerationMerge.decide(batchId, objects, blocks));
    new TableWriter(tables, GenerationsTable.SPEC, batchId)
        .write(
            rows(index, RowKind.GENERATIONS, verdicts),
            written(index, RowKind.GENERATIONS, verdicts),
            verdicts);
    return verdicts;
  }

  private static Verdicts decide(
      BatchIndex index,
      JavaPairRDD<Integer, byte[]> keys,
      Function<Iterator<byte[]>, Verdicts> rule) {
    List<Verdicts> buckets =
        keys.partitionBy(new HashPartitioner(index.buckets()))
            .values()
            .mapPartitions(blocks -> List.of(rule.call(blocks)).iterator())
            .collect();
    Verdicts all = new Verdicts();
    buckets.forEach(all::merge);
    return all;
  }

  /** The days of the objects that bring a row. */
  private static SortedSet<Integer> written(BatchIndex index, RowKind kind, Verdicts verdicts) {
    return index.days(
        kind,
        summary ->
            summary.lines() - summary.quarantined() > verdicts.unwrittenLines(summary.object()));
  }

  private JavaRDD<InternalRow> rows(BatchIndex index, RowKind kind, Verdicts verdicts) {
    return index.rows(
        kind,
        JavaSparkContext.fromSparkContext(context.spark().sparkContext()).broadcast(verdicts));
  }
}
