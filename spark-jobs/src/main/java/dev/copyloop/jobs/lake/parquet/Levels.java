package dev.copyloop.jobs.lake.parquet;

import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridValuesWriter;

/**
 * The levels of a page, encoded by run length behind their length. Most columns have one level
 * throughout: as long as that is so, they are only counted. Not thread-safe.
 */
final class Levels {
  private static final int FIRST_CAPACITY = 64;

  private final RunLengthBitPackingHybridValuesWriter encoder;
  private int level;

  /** How many that are alike are not encoded yet. */
  private int counted;

  private boolean isEncoding;

  /** Of levels up to one. */
  Levels(int most) {
    encoder =
        new RunLengthBitPackingHybridValuesWriter(
            LeafColumn.width(most),
            FIRST_CAPACITY,
            LeafColumn.PAGE_BYTES,
            new HeapByteBufferAllocator());
  }

  void put(int next) {
    if (isEncoding) {
      encoder.writeInteger(next);
    } else if (counted > 0 && next != level) {
      encode();
      encoder.writeInteger(next);
    } else {
      level = next;
      counted++;
    }
  }

  private void encode() {
    for (; counted > 0; counted--) {
      encoder.writeInteger(level);
    }
    isEncoding = true;
  }

  /** All since they were cleared, valid until more are put. */
  BytesInput bytes() {
    encode();
    return encoder.getBytes();
  }

  void clear() {
    encoder.reset();
    counted = 0;
    isEncoding = false;
  }
}
