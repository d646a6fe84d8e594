package dev.copyloop.jobs.hash;

import java.io.Serializable;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.Tuple2;

/**
 * Puts rows in blocks, by the task that they go to: that of their hash, the first column. A shuffle
 * of blocks hands over thousands of rows where Spark's own hands over one. Not thread-safe.
 *
 * @param <B> a block
 */
public abstract class Scattering<B> implements Iterator<Tuple2<Integer, B>> {

  private final Iterator<InternalRow> rows;
  private final int tasks;
  private int ended;

  /** What scatters the rows of one task. */
  public interface Start<B> extends Serializable {
    Scattering<B> of(Iterator<InternalRow> rows);
  }

  /** For the rows of one task, which go to so many. */
  protected Scattering(Iterator<InternalRow> rows, int tasks) {
    this.rows = rows;
    this.tasks = tasks;
  }

  /** Gathers the blocks of rows in so many tasks: all rows of a hash are in one of them. */
  public static <B> JavaRDD<B> gathered(JavaRDD<InternalRow> rows, int tasks, Start<B> start) {
    return rows.mapPartitionsToPair(start::of).partitionBy(new HashPartitioner(tasks)).values();
  }

  /** Adds a row to a task's block, and tells whether that is full. */
  protected abstract boolean add(int task, InternalRow row);

  /** Whether a task's block has no row. */
  protected abstract boolean isEmpty(int task);

  /** A task's block, which has none of those rows any more. */
  protected abstract B take(int task);

  @Override
  public final boolean hasNext() {
    if (rows.hasNext()) {
      return true;
    }
    while (ended < tasks && isEmpty(ended)) {
      ended++;
    }
    return ended < tasks;
  }

  @Override
  public final Tuple2<Integer, B> next() {
    while (rows.hasNext()) {
      InternalRow row = rows.next();
      int task = (int) Long.remainderUnsigned(row.getLong(0), tasks);
      if (add(task, row)) {
        return new Tuple2<>(task, take(task));
      }
    }
    if (!hasNext()) {
      throw new NoSuchElementException("No further block");
    }
    return new Tuple2<>(ended, take(ended));
  }
}
