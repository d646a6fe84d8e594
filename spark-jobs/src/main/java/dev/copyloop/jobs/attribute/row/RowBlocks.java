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
  private final int[] lengths;

  RowBlocks(Iterator<InternalRow> rows, TightRows form, int tasks) {
    super(rows, tasks);
    this.form = form;
    this.blocks = new byte[tasks][0];
    this.lengths = new int[tasks];
  }

  @Override
  protected boolean add(int task, InternalRow row) {
    UnsafeRow unsafe = (UnsafeRow) row;
    int needed = lengths[task] + TightRows.mostBytes(unsafe);
    if (blocks[task].length < needed) {
      int length = Math.min(2 * needed, BLOCK_BYTES + TightRows.mostBytes(unsafe));
      blocks[task] = Arrays.copyOf(blocks[task], Math.max(needed, length));
    }
    lengths[task] = form.write(unsafe, blocks[task], lengths[task]);
    return lengths[task] >= BLOCK_BYTES;
  }

  @Override
  protected boolean isEmpty(int task) {
    return lengths[task] == 0;
  }

  @Override
  protected byte[] take(int task) {
    byte[] block = CompressedBlock.of(blocks[task], lengths[task]);
    lengths[task] = 0;
    return block;
  }
}
