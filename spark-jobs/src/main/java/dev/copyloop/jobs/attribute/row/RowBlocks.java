package dev.copyloop.jobs.attribute.row;

import dev.copyloop.jobs.hash.Scattering;
import dev.copyloop.jobs.lake.CompressedBlock;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/** Puts tight rows in compressed blocks, by the task that they go to. Not thread-safe. */
final class RowBlocks extends Scattering<byte[]> {

  /** Of rows: enough to compress well, few enough to be held for each task. */
  private static final int BLOCK_BYTES = 64 * 1024;

  private final TightRows form;
  private final byte[][] blocks;

  RowBlocks(Iterator<InternalRow> rows, TightRows form, int tasks) {
    super(rows, tasks);
    this.form = form;
    this.blocks = new byte[tasks][0];
  }

  @Override
  protected int add(int task, int length, InternalRow row) {
    UnsafeRow unsafe = (UnsafeRow) row;
    int needed = length + TightRows.mostBytes(unsafe);
    if (blocks[task].length < needed) {
      int most = Math.min(2 * needed, BLOCK_BYTES + TightRows.mostBytes(unsafe));
      blocks[task] = Arrays.copyOf(blocks[task], Math.max(needed, most));
    }
    return form.write(unsafe, blocks[task], length);
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
