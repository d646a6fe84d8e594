package dev.copyloop.jobs.hash;

import dev.copyloop.jobs.lake.InternalRows;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/**
 * Rows of a few numbers, gathered by their first, a hash: shuffled in blocks and sorted as numbers.
 * Spark's own rows and aggregates take several times as long for what is only counted or compared.
 */
public final class GatheredNumbers {

  /** In one block of a shuffle. */
  private static final int NUMBERS_OF_BLOCK = 8_192;

  private static final Comparator<long[]> BY_HASH = Comparator.comparingLong(row -> row[0]);
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
    int tasks = Math.max(SQLConf.get().numShufflePartitions(), numbers.getNumPartitions());
    return numbers
        .mapPartitionsToPair(task -> new Scattering(task, columns, tasks))
        .partitionBy(new HashPartitioner(tasks))
        .values()
        .mapPartitions(blocks -> List.of(fold.of(groups(blocks, columns))).iterator());
  }

  /** Puts rows in blocks, by the task that they go to. */
  private static final class Scattering implements Iterator<Tuple2<Integer, long[]>> {
    private final Iterator<InternalRow> rows;
    private final int columns;
    private final long[][] blocks;
    private final int[] lengths;
    private int ended;

    Scattering(Iterator<InternalRow> rows, int columns, int tasks) {
      this.rows = rows;
      this.columns = columns;
      this.blocks = new long[tasks][NUMBERS_OF_BLOCK / columns * columns];
      this.lengths = new int[tasks];
    }

    @Override
    public boolean hasNext() {
      if (rows.hasNext()) {
        return true;
      }
      passEmptyBlocks();
      return ended < lengths.length;
    }

    private void passEmptyBlocks() {
      while (ended < lengths.length && lengths[ended] == 0) {
        ended++;
      }
    }

    @Override
    public Tuple2<Integer, long[]> next() {
      while (rows.hasNext()) {
        int task = add(rows.next());
        if (lengths[task] == blocks[task].length) {
          return taken(task);
        }
      }
      passEmptyBlocks();
      if (ended == lengths.length) {
        throw new NoSuchElementException("No further block");
      }
      return taken(ended);
    }

    private int add(InternalRow row) {
      int task = (int) Long.remainderUnsigned(row.getLong(0), lengths.length);
      for (int i = 0; i < columns; i++) {
        blocks[task][lengths[task]++] = row.getLong(i);
      }
      return task;
    }

    private Tuple2<Integer, long[]> taken(int task) {
      long[] block = Arrays.copyOf(blocks[task], lengths[task]);
      lengths[task] = 0;
      return new Tuple2<>(task, block);
    }
  }

  private static Iterator<List<long[]>> groups(Iterator<long[]> blocks, int columns) {
    List<long[]> rows = new ArrayList<>();
    while (blocks.hasNext()) {
      long[] block = blocks.next();
      for (int start = 0; start < block.length; start += columns) {
        rows.add(Arrays.copyOfRange(block, start, start + columns));
      }
    }
    return new Groups(rows);
  }

  /**
   * Sorts rows by the upper bits of their hash, beside which there is room for their place, and the
   * few that agree in those by the whole hash.
   */
  private static final class Groups implements Iterator<List<long[]>> {
    private final List<long[]> rows;
    private final long[] order;
    private final long places;
    private int next;

    /** Rows that agree in the upper bits, by hash, and how many of them were given. */
    private List<long[]> alike = List.of();

    private int given;

    Groups(List<long[]> rows) {
      this.rows = rows;
      this.order = new long[rows.size()];
      this.places = Math.max(0, Long.highestOneBit(rows.size()) * 2 - 1);
      for (int place = 0; place < order.length; place++) {
        order[place] = (rows.get(place)[0] & ~places) | place;
      }
      Arrays.sort(order);
    }

    @Override
    public boolean hasNext() {
      return given < alike.size() || next < order.length;
    }

    @Override
    public List<long[]> next() {
      if (!hasNext()) {
        throw new NoSuchElementException("No further hash");
      }
      if (given == alike.size()) {
        alike = nextAlike();
        given = 0;
      }
      int start = given;
      long hash = alike.get(start)[0];
      while (given < alike.size() && alike.get(given)[0] == hash) {
        given++;
      }
      return alike.subList(start, given);
    }

    private List<long[]> nextAlike() {
      long upper = order[next] & ~places;
      List<long[]> found = new ArrayList<>(2);
      while (next < order.length && (order[next] & ~places) == upper) {
        found.add(rows.get((int) (order[next] & places)));
        next++;
      }
      found.sort(BY_HASH);
      return found;
    }
  }
}
