package dev.copyloop.jobs.hash;

import dev.copyloop.jobs.lake.CompressedBlock;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.unsafe.Platform;

/**
 * Puts rows of {@link SignedRow}, whose columns are one of Spark's own rows, in compressed blocks,
 * by the task that they go to: of each the length of its columns and the three numbers, eight bytes
 * each, and the columns. Not thread-safe.
 */
final class SignedBlocks extends Scattering<byte[]> {

  /** Before a row's columns. */
  static final int HEADER = 4 * Long.BYTES;

  /** Of rows: enough to compress well, few enough to be held for each task. */
  private static final int BLOCK_BYTES = 64 * 1024;

  private final byte[][] blocks;

  SignedBlocks(Iterator<InternalRow> rows, int tasks) {
    super(rows, tasks);
    this.blocks = new byte[tasks][0];
  }

  @Override
  protected int add(int task, int length, InternalRow row) {
    UnsafeRow columns = (UnsafeRow) SignedRow.columns(row);
    int end = Math.addExact(length, HEADER + columns.getSizeInBytes());
    if (blocks[task].length < end) {
      blocks[task] = Arrays.copyOf(blocks[task], Math.max(end, 2 * blocks[task].length));
    }
    byte[] block = blocks[task];
    long at = (long) Platform.BYTE_ARRAY_OFFSET + length;
    Platform.putLong(block, at, columns.getSizeInBytes());
    Platform.putLong(block, at + Long.BYTES, row.getLong(SignedRow.HIGH));
    Platform.putLong(block, at + 2 * Long.BYTES, row.getLong(SignedRow.LOW));
    Platform.putLong(block, at + 3 * Long.BYTES, row.getLong(SignedRow.SIGN));
    columns.writeToMemory(block, at + HEADER);
    return end;
  }

  @Override
  protected boolean isFull(int task, int length) {
    return length >= BLOCK_BYTES;
  }

  @Override
  protected byte[] block(int task, int length) {
    return CompressedBlock.of(blocks[task], length);
  }
}
