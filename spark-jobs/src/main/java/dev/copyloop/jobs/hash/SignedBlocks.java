package dev.copyloop.jobs.hash;

import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.unsafe.Platform;

/**
 * Puts rows of {@link SignedRow}, whose columns are one of Spark's own rows, in compressed blocks,
 * by the task that they go to: of each the length of its columns and the three numbers, eight bytes
 * each, and the columns. Not thread-safe.
 */
final class SignedBlocks extends ByteScattering {

  /** Before a row's columns. */
  static final int HEADER = 4 * Long.BYTES;

  SignedBlocks(Iterator<InternalRow> rows, int tasks) {
    super(rows, tasks);
  }

  @Override
  protected int add(int task, int length, InternalRow row) {
    UnsafeRow columns = (UnsafeRow) SignedRow.columns(row);
    int size = HEADER + columns.getSizeInBytes();
    byte[] block = reserve(task, length, size);
    long at = (long) Platform.BYTE_ARRAY_OFFSET + length;
    Platform.putLong(block, at, columns.getSizeInBytes());
    Platform.putLong(block, at + Long.BYTES, row.getLong(SignedRow.HIGH));
    Platform.putLong(block, at + 2 * Long.BYTES, row.getLong(SignedRow.LOW));
    Platform.putLong(block, at + 3 * Long.BYTES, row.getLong(SignedRow.SIGN));
    columns.writeToMemory(block, at + HEADER);
    return length + size;
  }
}
