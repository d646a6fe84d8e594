package dev.copyloop.jobs.lake.parquet;

import java.nio.ByteOrder;
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

  private static final int FIRST_CAPACITY = 64;

  /** Memory is written in the machine's own order. */
  private static final boolean IS_REVERSED = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;

  private byte[] bytes = new byte[FIRST_CAPACITY];
  private int length;

  int length() {
    return length;
  }

  void putInt(int value) {
    reserve(Integer.BYTES);
    Platform.putInt(bytes, (long) Platform.BYTE_ARRAY_OFFSET + length, littleEndian(value));
    length += Integer.BYTES;
  }

  void putLong(long value) {
    reserve(Long.BYTES);
    Platform.putLong(bytes, (long) Platform.BYTE_ARRAY_OFFSET + length, littleEndian(value));
    length += Long.BYTES;
  }

  private static int littleEndian(int value) {
    return IS_REVERSED ? Integer.reverseBytes(value) : value;
  }

  private static long littleEndian(long value) {
    return IS_REVERSED ? Long.reverseBytes(value) : value;
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

  /** Lets go of its memory, too. */
  void release() {
    length = 0;
    bytes = new byte[FIRST_CAPACITY];
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(length, more)));
    }
  }
}
