package dev.copyloop.jobs.lake.parquet;

import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.array.ByteArrayMethods;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Values as Parquet spells them plainly: little-endian, a text behind its length. Kept from page to
 * page. Not thread-safe.
 */
final class GrowingBytes {

  private byte[] bytes = new byte[64];
  private int length;

  int length() {
    return length;
  }

  void putInt(int value) {
    reserve(Integer.BYTES);
    Platform.putInt(bytes, (long) Platform.BYTE_ARRAY_OFFSET + length, value);
    length += Integer.BYTES;
  }

  void putLong(long value) {
    reserve(Long.BYTES);
    Platform.putLong(bytes, (long) Platform.BYTE_ARRAY_OFFSET + length, value);
    length += Long.BYTES;
  }

  void putText(UTF8String text) {
    int size = text.numBytes();
    putInt(size);
    reserve(size);
    text.writeToMemory(bytes, (long) Platform.BYTE_ARRAY_OFFSET + length);
    length += size;
  }

  void putBytes(byte... value) {
    reserve(value.length);
    System.arraycopy(value, 0, bytes, length, value.length);
    length += value.length;
  }

  /** The text between two places, valid until more is put. */
  UTF8String text(int start, int end) {
    return UTF8String.fromBytes(bytes, start, end - start);
  }

  /** Whether a text lies at a place, without its length. */
  boolean isAt(int start, UTF8String text) {
    return ByteArrayMethods.arrayEquals(
        text.getBaseObject(),
        text.getBaseOffset(),
        bytes,
        (long) Platform.BYTE_ARRAY_OFFSET + start,
        text.numBytes());
  }

  /** All of them, valid until more are put. */
  BytesInput all() {
    return BytesInput.from(bytes, 0, length);
  }

  void clear() {
    length = 0;
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(length, more)));
    }
  }
}
