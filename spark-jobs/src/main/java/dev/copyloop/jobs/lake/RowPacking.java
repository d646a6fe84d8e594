package dev.copyloop.jobs.lake;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.apache.spark.SparkEnv;
import org.apache.spark.io.CompressionCodec;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * Packs rows in blocks: each row's size and bytes, after the last a size of {@link #END}, all of it
 * compressed as Spark compresses what it shuffles. Not thread-safe.
 */
final class RowPacking implements Iterator<byte[]> {

  static final int END = -1;

  /** Of uncompressed rows: few enough to be held beside others, enough to compress well. */
  private static final int BLOCK_BYTES = 256 * 1024;

  private final Iterator<InternalRow> rows;
  private final CompressionCodec codec = CompressionCodec.createCodec(SparkEnv.get().conf());
  private final byte[] buffer = new byte[4096];

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
    ByteArrayOutputStream block = new ByteArrayOutputStream(BLOCK_BYTES / 4);
    try (DataOutputStream out = new DataOutputStream(codec.compressedOutputStream(block))) {
      do {
        UnsafeRow row = (UnsafeRow) rows.next();
        out.writeInt(row.getSizeInBytes());
        row.writeToStream(out, buffer);
      } while (out.size() < BLOCK_BYTES && rows.hasNext());
      out.writeInt(END);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot pack rows", e);
    }
    return block.toByteArray();
  }
}
