package dev.copyloop.jobs.hash;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.util.AccumulatorV2;

/**
 * The hashes of a partition's rows by group, by partition: told twice, a partition counts once. The
 * map is never changed but replaced, since Spark reads it while a task runs.
 */
final class PartitionHashes
    extends AccumulatorV2<
        Map<Integer, Map<String, ContentHash>>, Map<Integer, Map<String, ContentHash>>> {

  private static final long serialVersionUID = 1;

  private volatile HashMap<Integer, Map<String, ContentHash>> partitions = new HashMap<>();

  @Override
  public boolean isZero() {
    return partitions.isEmpty();
  }

  @Override
  public PartitionHashes copy() {
    PartitionHashes copy = new PartitionHashes();
    copy.partitions = partitions;
    return copy;
  }

  @Override
  public void reset() {
    partitions = new HashMap<>();
  }

  @Override
  public void add(Map<Integer, Map<String, ContentHash>> more) {
    HashMap<Integer, Map<String, ContentHash>> all = new HashMap<>(partitions);
    all.putAll(more);
    partitions = all;
  }

  @Override
  public void merge(
      AccumulatorV2<Map<Integer, Map<String, ContentHash>>, Map<Integer, Map<String, ContentHash>>>
          other) {
    add(other.value());
  }

  @Override
  public Map<Integer, Map<String, ContentHash>> value() {
    return Map.copyOf(partitions);
  }
}
