package dev.copyloop.jobs.hash;

import dev.copyloop.jobs.lake.InternalRows;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Rows of a few numbers, gathered by their first, a hash: shuffled in blocks and sorted as numbers.
 * Spark's own rows and aggregates take several times as long for what is only counted or compared.
 */
public final class GatheredNumbers {

  /** In one block of a shuffle. */
  private static final int NUMBERS_OF_BLOCK = 8_192;

  private static final StructType HASH = new StructType().add("hash", DataTypes.LongType, false);

  private GatheredNumbers() {}

  /** What becomes of all rows of one task. */
  public interface Fold<T> extends Serializable {
    /**
     * Folds rows.
     *
     * @param groups of the rows of one hash each; a group may be sorted
     */
    T of(Iterator<List<long[]>> groups);
  }

  /** Tells groups that are looked for from others. */
  public interface Condition extends Serializable {
    boolean holds(List<long[]> group);
  }

  /**
   * The hashes of the groups for which something holds, each once, in one column.
   *
   * @param rows as {@link #folded} takes them
   */
  public static Dataset<Row> hashesWhere(Dataset<Row> rows, Condition condition) {
    JavaRDD<InternalRow> hashes =
        folded(rows, groups -> hashesWhere(groups, condition))
            .flatMap(List::iterator)
            .map(hash -> new GenericInternalRow(new Object[] {hash}));
    return InternalRows.frame(rows.sparkSession(), hashes, HASH);
  }

  private static List<Long> hashesWhere(Iterator<List<long[]>> groups, Condition condition) {
    List<Long> hashes = new ArrayList<>();
    groups.forEachRemaining(
        group -> {
          if (condition.holds(group)) {
            hashes.add(group.get(0)[0]);
          }
        });
    return hashes;
  }

  /**
   * Folds the rows of each task; rows of one hash are in one of them.
   *
   * @param rows bigints, none of them null; the first is a hash
   */
  public static <T> JavaRDD<T> folded(Dataset<Row> rows, Fold<T> fold) {
    int columns = rows.columns().length;
    JavaRDD<InternalRow> numbers = InternalRows.of(rows);
    int tasks = Scattering.tasks(numbers);
    return Scattering.gathered(numbers, tasks, mine -> new NumberBlocks(mine, columns, tasks))
        .mapPartitions(blocks -> List.of(fold.of(NumberGroups.of(blocks, columns))).iterator());
  }

  private static final class NumberBlocks extends Scattering<long[]> {
    private final int columns;
    private final long[][] blocks;

    NumberBlocks(Iterator<InternalRow> rows, int columns, int tasks) {
      super(rows, tasks);
      this.columns = columns;
      this.blocks = new long[tasks][NUMBERS_OF_BLOCK / columns * columns];
    }

    @Override
    protected int add(int task, int length, InternalRow row) {
      for (int i = 0; i < columns; i++) {
        blocks[task][length + i] = row.getLong(i);
      }
      return length + columns;
    }

    @Override
    protected boolean isFull(int task, int length) {
      return length == blocks[task].length;
    }

    @Override
    protected long[] block(int task, int length) {
      return Arrays.copyOf(blocks[task], length);
    }
  }
}
