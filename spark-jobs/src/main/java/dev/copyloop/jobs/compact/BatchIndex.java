package dev.copyloop.jobs.compact;

import dev.copyloop.jobs.run.Bucket;
import dev.copyloop.jobs.run.RunContext;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
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
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.sketch.BloomFilter;

/** The index of a batch: one pass over its objects, kept until it is closed. */
final class BatchIndex implements AutoCloseable {
  /** About as much compressed landing as one task should read. */
  private static final long BYTES_PER_TASK = 32L * 1024 * 1024;

  /**
   * Bits of the filter for each identity, about one false meeting in a billion: a day that only
   * seems to hold one is read for nothing.
   */
  private static final long BITS_PER_IDENTITY = 43;

  /** 128 MiB: beyond 25 million lines the filter lets more pass. */
  private static final long MOST_BITS = 1L << 30;

  private final Batch batch;
  private final int buckets;
  private final JavaRDD<LandingObject> objects;
  private final JavaRDD<ObjectIndex> indexes;
  private final List<ObjectSummary> summaries;

  private BatchIndex(
      Batch batch,
      int buckets,
      JavaRDD<LandingObject> objects,
      JavaRDD<ObjectIndex> indexes,
      List<ObjectSummary> summaries) {
    this.batch = batch;
    this.buckets = buckets;
    this.objects = objects;
    this.indexes = indexes;
    this.summaries = summaries;
  }

  /** Reads a batch's objects. */
  static BatchIndex read(RunContext context, Batch batch) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(context.spark().sparkContext());
    int buckets = spark.defaultParallelism();
    JavaRDD<LandingObject> objects =
        spark
            .parallelize(groups(batch, buckets), groups(batch, buckets).size())
            .flatMap(group -> group.iterator());
    Bucket bucket = context.bucket();
    JavaRDD<ObjectIndex> indexes =
        objects
            .map(object -> ObjectIndexer.index(bucket, object, buckets))
            .persist(StorageLevel.MEMORY_AND_DISK());
    List<ObjectSummary> summaries = new ArrayList<>(indexes.map(ObjectIndex::summary).collect());
    summaries.sort(Comparator.comparingInt(ObjectSummary::object));
    return new BatchIndex(batch, buckets, objects, indexes, summaries);
  }

  /** Neighbouring objects together, so that a task meets few days. */
  private static List<List<LandingObject>> groups(Batch batch, int least) {
    long total = batch.objects().stream().mapToLong(LandingObject::bytes).sum();
    long perGroup = Math.max(1, Math.min(BYTES_PER_TASK, total / least + 1));
    List<List<LandingObject>> groups = new ArrayList<>();
    long filled = perGroup;
    for (LandingObject object : batch.objects()) {
      if (filled >= perGroup) {
        groups.add(new ArrayList<>());
        filled = 0;
      }
      groups.get(groups.size() - 1).add(object);
      filled += object.bytes();
    }
    return groups;
  }

  /** The batch's objects, in tasks of even size. */
  JavaRDD<LandingObject> objects() {
    return objects;
  }

  /** What was found in each object, in the batch's order. */
  List<ObjectSummary> summaries() {
    return summaries;
  }

  /** The lines that become no rows. */
  JavaRDD<QuarantinedLine> quarantined() {
    return indexes.flatMap(index -> index.quarantined().iterator());
  }

  /** Packed keys of the chosen objects' lines, by bucket. */
  JavaPairRDD<Integer, byte[]> keys(Choice choice) {
    List<Boolean> chosen = new ArrayList<>();
    batch.objects().forEach(object -> chosen.add(choice.test(object)));
    return indexes
        .filter(index -> chosen.get(index.summary().object()))
        .flatMapToPair(index -> index.keys().byBucket().iterator());
  }

  /** Which objects of a batch are meant. */
  interface Choice extends Predicate<LandingObject>, Serializable {}

  /** Epoch days of the chosen objects' rows. */
  SortedSet<Integer> days(Choice choice) {
    return batch.objects().stream()
        .filter(choice)
        .flatMap(object -> summaries.get(object.number()).days().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The same days as dates. */
  List<LocalDate> dates(Choice choice) {
    return days(choice).stream().map(day -> LocalDate.ofEpochDay(day)).toList();
  }

  /** What finds the rows that the chosen objects' lines may meet. */
  ExistingKeys existing(Choice choice) {
    long lines = summaries.stream().mapToLong(ObjectSummary::lines).sum();
    long expected = Math.max(1000, lines);
    long bits = Math.min(MOST_BITS, expected * BITS_PER_IDENTITY);
    BloomFilter identities =
        keys(choice)
            .values()
            .treeAggregate(
                BloomFilter.create(expected, bits), BatchIndex::add, BloomFilter::mergeInPlace);
    Map<String, Integer> numbers = new HashMap<>();
    batch.objects().forEach(object -> numbers.put(object.key(), object.number()));
    return new ExistingKeys(identities, numbers, buckets);
  }

  private static BloomFilter add(BloomFilter identities, byte[] block) {
    KeyBlocks.forEach(block, key -> identities.putLong(key.keyHigh()));
    return identities;
  }

  int buckets() {
    return buckets;
  }

  @Override
  public void close() {
    var unused = indexes.unpersist(false);
  }
}
