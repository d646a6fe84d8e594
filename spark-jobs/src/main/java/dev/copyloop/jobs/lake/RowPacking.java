package dev.copyloop.jobs.lake;

import java.util.Arrays;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.unsafe.Platform;

/** Packs rows in compressed blocks of one or more: each row's size and bytes. Not thread-safe. */
final class RowPacking implements Iterator<byte[]> {

  /** Before a row; a whole word, so that rows lie as Spark aligns them. */
  static final int ROW_HEADER = Long.BYTES;

  /** Of rows: few enough to be held beside others, enough to compress well. */
  private static final int BLOCK_BYTES = 256 * 1024;

  private final Iterator<InternalRow> rows;
  private byte[] block = new byte[BLOCK_BYTES];

  /**
   * @param rows as a plan gives them: each an {@link UnsafeRow}, maybe of one object filled anew
   */
  RowPacking(Iterator<InternalRow> rows) {
    this.rows = rows;
  }

  @Override
  public boolean hasNext() {
    return rows.hasNext();
  }

  @Override
  public byte[] next() {
    int length = 0;
    do {
      length = add((UnsafeRow) rows.next(), length);
    } while (length < BLOCK_BYTES && rows.hasNext());
    return CompressedBlock.of(block, length);
  }

  private int add(UnsafeRow row, int start) {
    int end = Math.addExact(start, ROW_HEADER + row.getSizeInBytes());
    if (block.length < end) {
      block = Arrays.copyOf(block, Math.max(end, 2 * block.length));
    }
    Platform.putLong(block, Platform.BYTE_ARRAY_OFFSET + start, row.getSizeInBytes());
    row.writeToMemory(block, Platform.BYTE_ARRAY_OFFSET + start + ROW_HEADER);
    return end;
  }
}
