package dev.copyloop.jobs.compact;

import dev.copyloop.jobs.run.RunContext;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.sketch.BloomFilter;

/**
 * The index of a batch and the rows of its lines: one pass over its objects, kept on the executors'
 * disks until it is closed. What is lost there is read again.
 */
final class BatchIndex implements AutoCloseable {
  /** About as much compressed landing as one task should read. */
  private static final long BYTES_PER_TASK = 32L * 1024 * 1024;

  /** Less is not worth a task and a file of its own. */
  private static final long LEAST_BYTES_PER_TASK = 1024 * 1024;

  /**
   * Bits of the filter for each identity, about one false meeting in a billion: a day that only
   * seems to hold one is read for nothing.
   */
  private static final long BITS_PER_IDENTITY = 43;

  /** 128 MiB: beyond 25 million lines the filter lets more pass. */
  private static final long MOST_BITS = 1L << 30;

  private final Batch batch;
  private final int buckets;
  private final Map<RowKind, ObjectPass> passes;
  private final List<ObjectSummary> summaries;

  private BatchIndex(
      Batch batch, int buckets, Map<RowKind, ObjectPass> passes, List<ObjectSummary> summaries) {
    this.batch = batch;
    this.buckets = buckets;
    this.passes = passes;
    this.summaries = summaries;
  }

  /** Reads a batch's objects. */
  static BatchIndex read(RunContext context, Batch batch) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(context.spark().sparkContext());
    int buckets = buckets(batch, spark.defaultParallelism());
    Map<RowKind, ObjectPass> passes = new EnumMap<>(RowKind.class);
    for (RowKind kind : RowKind.values()) {
      List<List<LandingObject>> groups = groups(batch, kind, buckets);
      passes.put(kind, ObjectPass.over(spark, context.bucket(), groups, buckets));
    }
    List<ObjectSummary> summaries =
        new ArrayList<>(indexes(passes).map(ObjectIndex::summary).collect());
    summaries.sort(Comparator.comparingInt(ObjectSummary::object));
    return new BatchIndex(batch, buckets, passes, summaries);
  }

  private static JavaRDD<ObjectIndex> indexes(Map<RowKind, ObjectPass> passes) {
    return passes.get(RowKind.EVENTS).indexes().union(passes.get(RowKind.GENERATIONS).indexes());
  }

  /** So many that one task holds the keys of about as many lines as one task reads. */
  private static int buckets(Batch batch, int least) {
    long bytes = batch.objects().stream().mapToLong(LandingObject::bytes).sum();
    return (int) Math.max(least, bytes / BYTES_PER_TASK);
  }

  /** Objects of a kind, neighbours together, so that a task meets few days. */
  private static List<List<LandingObject>> groups(Batch batch, RowKind kind, int least) {
    List<LandingObject> objects =
        batch.objects().stream().filter(object -> RowKind.of(object) == kind).toList();
    long total = objects.stream().mapToLong(LandingObject::bytes).sum();
    long perGroup = Math.max(LEAST_BYTES_PER_TASK, Math.min(BYTES_PER_TASK, total / least + 1));
    List<List<LandingObject>> groups = new ArrayList<>();
    long filled = perGroup;
    for (LandingObject object : objects) {
      if (filled >= perGroup) {
        groups.add(new ArrayList<>());
        filled = 0;
      }
      groups.get(groups.size() - 1).add(object);
      filled += object.bytes();
    }
    return groups;
  }

  /** The rows of a kind that lines bring, by the verdicts on them. */
  JavaRDD<InternalRow> rows(RowKind kind, Broadcast<Verdicts> verdicts) {
    String batchId = batch.id();
    return passes
        .get(kind)
        .rows()
        .flatMap(block -> new BlockRows(block, kind, batchId, verdicts.value()));
  }

  /** What was found in each object, in the batch's order. */
  List<ObjectSummary> summaries() {
    return summaries;
  }

  /** The lines that become no rows. */
  JavaRDD<QuarantinedLine> quarantined() {
    return indexes(passes).flatMap(index -> index.quarantined().iterator());
  }

  /** Packed keys of the lines that become rows of a kind, by bucket. */
  JavaPairRDD<Integer, byte[]> keys(RowKind kind) {
    return passes.get(kind).indexes().flatMapToPair(index -> index.keys().byBucket().iterator());
  }

  /** Epoch days of the lines that become rows of a kind. */
  SortedSet<Integer> days(RowKind kind) {
    return days(kind, summary -> true);
  }

  /** The same of the objects that are chosen. */
  SortedSet<Integer> days(RowKind kind, Predicate<ObjectSummary> chosen) {
    return batch.objects().stream()
        .filter(object -> RowKind.of(object) == kind)
        .map(object -> summaries.get(object.number()))
        .filter(chosen)
        .flatMap(summary -> summary.days().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The same days as dates. */
  List<LocalDate> dates(RowKind kind) {
    return days(kind).stream().map(day -> LocalDate.ofEpochDay(day)).toList();
  }

  /** What finds the rows that lines of a kind may meet. */
  ExistingKeys existing(RowKind kind) {
    long lines = summaries.stream().mapToLong(ObjectSummary::lines).sum();
    long expected = Math.max(1000, lines);
    long bits = Math.min(MOST_BITS, expected * BITS_PER_IDENTITY);
    BloomFilter identities =
        keys(kind)
            .values()
            .treeAggregate(
                BloomFilter.create(expected, bits), BatchIndex::add, BloomFilter::mergeInPlace);
    Map<String, Integer> numbers = new HashMap<>();
    batch.objects().forEach(object -> numbers.put(object.key(), object.number()));
    return new ExistingKeys(identities, numbers, buckets);
  }

  private static BloomFilter add(BloomFilter identities, byte[] block) {
    KeyBlocks.forEachHigh(block, identities::putLong);
    return identities;
  }

  int buckets() {
    return buckets;
  }

  @Override
  public void close() {
    passes.values().forEach(ObjectPass::close);
  }
}
