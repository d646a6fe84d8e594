package dev.copyloop.jobs.lake;

import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.unsafe.Platform;

/**
 * Reads what {@link RowPacking} packed. All rows are one object, each only valid until the next is
 * asked for. Not thread-safe.
 */
final class RowUnpacking implements Iterator<InternalRow> {

  private final Iterator<byte[]> blocks;
  private final UnsafeRow row;
  private byte[] block = new byte[0];
  private int length;

  /** Where in the block the next row begins. */
  private int start;

  RowUnpacking(Iterator<byte[]> blocks, int columns) {
    this.blocks = blocks;
    this.row = new UnsafeRow(columns);
  }

  @Override
  public boolean hasNext() {
    return start < length || blocks.hasNext();
  }

  @Override
  public InternalRow next() {
    if (start == length) {
      open(blocks.next());
    }
    int size = (int) Platform.getLong(block, Platform.BYTE_ARRAY_OFFSET + start);
    row.pointTo(block, Platform.BYTE_ARRAY_OFFSET + start + RowPacking.ROW_HEADER, size);
    start += RowPacking.ROW_HEADER + size;
    return row;
  }

  private void open(byte[] packed) {
    length = CompressedBlock.length(packed);
    if (block.length < length) {
      block = new byte[length];
    }
    CompressedBlock.decompress(packed, block);
    start = 0;
  }
}
