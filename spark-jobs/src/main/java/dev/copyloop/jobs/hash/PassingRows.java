package dev.copyloop.jobs.hash;

import dev.copyloop.jobs.lake.InternalRows;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/**
 * Rows that are hashed as they pass to whoever writes them, so that they are computed once. A
 * partition that is computed several times, by tasks that failed or were overtaken, counts once.
 */
final class PassingRows {

  private final JavaRDD<InternalRow> rows;
  private final JavaRDD<InternalRow> hashed;
  private final PartitionHashes hashes = new PartitionHashes();

  /**
   * @param rows all of whose columns are hashed
   * @param groupColumns those of them that name the group
   */
  PassingRows(Dataset<Row> rows, List<String> groupColumns) {
    SparkContext spark = rows.sparkSession().sparkContext();
    spark.register(hashes);
    this.rows = InternalRows.of(rows);
    this.hashed = passing(this.rows, rows.schema(), groupColumns, hashes);
  }

  private static JavaRDD<InternalRow> passing(
      JavaRDD<InternalRow> rows,
      StructType schema,
      List<String> groupColumns,
      PartitionHashes hashes) {
    return rows.mapPartitionsWithIndex(
        (partition, each) ->
            new Passing(each, GroupHashes.by(schema, groupColumns), partition, hashes),
        true);
  }

  /** The rows, in so many tasks at most; each is only valid until the next is asked for. */
  JavaRDD<InternalRow> rows(int tasks) {
    return hashed.coalesce(tasks);
  }

  /** The hash of each group, once all rows have passed. */
  Map<String, ContentHash> byGroup() {
    return GroupHashes.together(hashes.value().values());
  }

  /**
   * How many rows there are, but more than the limit once a partition has more than its share: no
   * partition is read further.
   */
  long countUpTo(long limit) {
    long share = limit / Math.max(1, rows.getNumPartitions());
    List<Long> counts =
        rows.mapPartitions(each -> List.of(count(each, share + 1)).iterator()).collect();
    return counts.stream().anyMatch(count -> count > share)
        ? limit + 1
        : counts.stream().mapToLong(Long::longValue).sum();
  }

  private static long count(Iterator<InternalRow> rows, long most) {
    long count = 0;
    while (count < most && rows.hasNext()) {
      rows.next();
      count++;
    }
    return count;
  }

  /** Hashes what passes and tells the result at the end. */
  private static final class Passing implements Iterator<InternalRow> {
    private final Iterator<InternalRow> rows;
    private final GroupHashes groups;
    private final int partition;
    private final PartitionHashes hashes;
    private boolean ended;

    Passing(Iterator<InternalRow> rows, GroupHashes groups, int partition, PartitionHashes hashes) {
      this.rows = rows;
      this.groups = groups;
      this.partition = partition;
      this.hashes = hashes;
    }

    @Override
    public boolean hasNext() {
      if (rows.hasNext()) {
        return true;
      }
      if (!ended) {
        hashes.add(Map.of(partition, groups.result()));
        ended = true;
      }
      return false;
    }

    @Override
    public InternalRow next() {
      InternalRow row = rows.next();
      groups.add(row);
      return row;
    }
  }
}
