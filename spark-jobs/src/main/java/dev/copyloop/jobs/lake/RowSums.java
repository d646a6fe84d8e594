package dev.copyloop.jobs.lake;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.unsafe.array.ByteArrayMethods;

/**
 * Rows that are alike but for a few sums as one row, within each task. What remains alike is left
 * to whoever adds up all tasks' rows; that is few, where groups are few. Spark's own aggregate
 * writes what names the group of each row a second time before it looks for it. Not thread-safe.
 */
public final class RowSums implements Iterator<InternalRow> {

  /** So many groups are kept, then given and begun anew. */
  private static final int MOST_GROUPS = 1 << 16;

  private final Iterator<InternalRow> rows;
  private final int sums;

  /** How many bytes a row has before what names its group, and how many of them tell of nulls. */
  private final int start;

  private final int nullBytes;
  private final List<UnsafeRow> groups = new ArrayList<>();

  /** A power of two of slots, at most half of them taken: a group's place plus 1, or 0. */
  private final int[] slots = new int[2 * MOST_GROUPS];

  private int given;

  private RowSums(Iterator<InternalRow> rows, int columns, int sums) {
    this.rows = rows;
    this.sums = sums;
    this.nullBytes = UnsafeRow.calculateBitSetWidthInBytes(columns);
    this.start = nullBytes + sums * Long.BYTES;
  }

  /**
   * Adds rows up.
   *
   * @param sums how many columns, the first ones, are added: bigints, none of them null
   */
  public static Dataset<Row> of(Dataset<Row> rows, int sums) {
    int columns = rows.columns().length;
    return InternalRows.frame(
        rows.sparkSession(),
        InternalRows.of(rows).mapPartitions(task -> new RowSums(task, columns, sums)),
        rows.schema());
  }

  @Override
  public boolean hasNext() {
    return given < groups.size() || rows.hasNext();
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException("No further row");
    }
    if (given == groups.size()) {
      addUp();
    }
    return groups.get(given++);
  }

  private void addUp() {
    groups.clear();
    Arrays.fill(slots, 0);
    given = 0;
    while (groups.size() < MOST_GROUPS && rows.hasNext()) {
      add((UnsafeRow) rows.next());
    }
  }

  private void add(UnsafeRow row) {
    int slot = hash(row) & (slots.length - 1);
    while (slots[slot] != 0) {
      UnsafeRow group = groups.get(slots[slot] - 1);
      if (isAlike(group, row)) {
        for (int i = 0; i < sums; i++) {
          group.setLong(i, group.getLong(i) + row.getLong(i));
        }
        return;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    groups.add(row.copy());
    slots[slot] = groups.size();
  }

  private int hash(UnsafeRow row) {
    // A row's bytes are whole words, and those that mean nothing are zero.
    return Long.hashCode(
        XXH64.hashUnsafeWords(
            row.getBaseObject(), row.getBaseOffset() + start, row.getSizeInBytes() - start, 0));
  }

  private boolean isAlike(UnsafeRow group, UnsafeRow row) {
    return group.getSizeInBytes() == row.getSizeInBytes()
        && areEqual(group, row, 0, nullBytes)
        && areEqual(group, row, start, row.getSizeInBytes());
  }

  private static boolean areEqual(UnsafeRow group, UnsafeRow row, int from, int to) {
    return ByteArrayMethods.arrayEquals(
        group.getBaseObject(),
        group.getBaseOffset() + from,
        row.getBaseObject(),
        row.getBaseOffset() + from,
        (long) to - from);
  }
}
