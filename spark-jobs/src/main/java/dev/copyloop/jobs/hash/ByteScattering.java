package dev.copyloop.jobs.hash;

import dev.copyloop.jobs.lake.CompressedBlock;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;

/** Puts rows in compressed blocks of bytes, by the task that they go to. Not thread-safe. */
public abstract class ByteScattering extends Scattering<byte[]> {

  /** Of rows: enough to compress well, few enough to be held for each task. */
  private static final int BLOCK_BYTES = 64 * 1024;

  private final byte[][] blocks;

  /** For the rows of one task, which go to so many. */
  protected ByteScattering(Iterator<InternalRow> rows, int tasks) {
    super(rows, tasks);
    this.blocks = new byte[tasks][0];
  }

  /**
   * A task's block of some length with room for a row behind it.
   *
   * @param more bytes of the row, at most
   */
  protected final byte[] reserve(int task, int length, int more) {
    int needed = Math.addExact(length, more);
    if (blocks[task].length < needed) {
      // No block grows beyond what hands it over and one more row.
      long most = Math.min(2L * needed, (long) BLOCK_BYTES + more);
      blocks[task] = Arrays.copyOf(blocks[task], (int) Math.max(needed, most));
    }
    return blocks[task];
  }

  @Override
  protected final boolean isFull(int task, int length) {
    return length >= BLOCK_BYTES;
  }

  @Override
  protected final byte[] block(int task, int length) {
    return CompressedBlock.of(blocks[task], length);
  }
}
