package dev.copyloop.jobs.hash;

import java.io.Serializable;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.internal.SQLConf;
import scala.Tuple2;

/**
 * Puts rows in blocks, by the task that they go to: that of their hash, the first column. A shuffle
 * of blocks hands over thousands of rows where Spark's own hands over one. Not thread-safe.
 *
 * @param <B> a block
 */
public abstract class Scattering<B> implements Iterator<Tuple2<Integer, B>> {

  private final Iterator<InternalRow> rows;

  /** Of each task's block, as {@link #add} tells it. */
  private final int[] lengths;

  private int ended;

  /** What scatters the rows of one task. */
  public interface Start<B> extends Serializable {
    Scattering<B> of(Iterator<InternalRow> rows);
  }

  /** For the rows of one task, which go to so many. */
  protected Scattering(Iterator<InternalRow> rows, int tasks) {
    this.rows = rows;
    this.lengths = new int[tasks];
  }

  /** For rows in so many partitions, which are as large as what computed them was given. */
  public static int tasks(JavaRDD<InternalRow> rows) {
    return Math.max(SQLConf.get().numShufflePartitions(), rows.getNumPartitions());
  }

  /** Gathers the blocks of rows in so many tasks: all rows of a hash are in one of them. */
  public static <B> JavaRDD<B> gathered(JavaRDD<InternalRow> rows, int tasks, Start<B> start) {
    return rows.mapPartitionsToPair(start::of).partitionBy(new HashPartitioner(tasks)).values();
  }

  /** Adds a row to a task's block of some length, and tells its length then. */
  protected abstract int add(int task, int length, InternalRow row);

  /** Whether a task's block of some length is to be handed over before another row is added. */
  protected abstract boolean isFull(int task, int length);

  /** What a task's block of some length holds; the next row is added at its start. */
  protected abstract B block(int task, int length);

  @Override
  public final boolean hasNext() {
    if (rows.hasNext()) {
      return true;
    }
    while (ended < lengths.length && lengths[ended] == 0) {
      ended++;
    }
    return ended < lengths.length;
  }

  @Override
  public final Tuple2<Integer, B> next() {
    while (rows.hasNext()) {
      InternalRow row = rows.next();
      int task = (int) Long.remainderUnsigned(row.getLong(0), lengths.length);
      lengths[task] = add(task, lengths[task], row);
      if (isFull(task, lengths[task])) {
        return taken(task);
      }
    }
    if (!hasNext()) {
      throw new NoSuchElementException("No further block");
    }
    return taken(ended);
  }

  private Tuple2<Integer, B> taken(int task) {
    B block = block(task, lengths[task]);
    lengths[task] = 0;
    return new Tuple2<>(task, block);
  }
}
