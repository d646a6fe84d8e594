package dev.copyloop.jobs.lake;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.SparkEnv;
import org.apache.spark.io.CompressionCodec;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/** Reads what {@link RowPacking} packed, all rows as one object filled anew. Not thread-safe. */
final class RowUnpacking implements Iterator<InternalRow> {

  private final Iterator<byte[]> blocks;
  private final CompressionCodec codec = CompressionCodec.createCodec(SparkEnv.get().conf());
  private final UnsafeRow row;
  private DataInputStream block = new DataInputStream(InputStream.nullInputStream());
  private byte[] bytes = new byte[1024];

  /** Of the row that comes next; {@link RowPacking#END} where no block is open. */
  private int size = RowPacking.END;

  RowUnpacking(Iterator<byte[]> blocks, int columns) {
    this.blocks = blocks;
    this.row = new UnsafeRow(columns);
  }

  @Override
  public boolean hasNext() {
    while (size == RowPacking.END && blocks.hasNext()) {
      open(blocks.next());
    }
    return size != RowPacking.END;
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException("No further row");
    }
    if (bytes.length < size) {
      bytes = new byte[Math.max(size, 2 * bytes.length)];
    }
    try {
      block.readFully(bytes, 0, size);
      row.pointTo(bytes, size);
      size = block.readInt();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot unpack rows", e);
    }
    return row;
  }

  private void open(byte[] packed) {
    try {
      block = new DataInputStream(codec.compressedInputStream(new ByteArrayInputStream(packed)));
      size = block.readInt();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot unpack rows", e);
    }
  }
}
