package dev.copyloop.jobs.compact;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.spark.unsafe.types.UTF8String;

/** Bytes that grow as numbers and texts are put behind each other. Not thread-safe. */
final class PackedBytes {
  /** What stands for the length of a text of as many bytes and more. */
  private static final int LONG_TEXT = 0xFF;

  private ByteBuffer out;

  /** Grows beyond that capacity when it has to. */
  PackedBytes(int capacity) {
    out = ByteBuffer.allocate(capacity);
  }

  int size() {
    return out.position();
  }

  void putByte(int value) {
    reserve(Byte.BYTES);
    out.put((byte) value);
  }

  void putInt(int value) {
    reserve(Integer.BYTES);
    out.putInt(value);
  }

  /** Puts a number where another was put before. */
  void putInt(int position, int value) {
    out.putInt(position, value);
  }

  void putLong(long value) {
    reserve(Long.BYTES);
    out.putLong(value);
  }

  /** Puts a text that {@link #text} reads. */
  void putText(UTF8String text) {
    int length = text.numBytes();
    if (length < LONG_TEXT) {
      putByte(length);
    } else {
      putByte(LONG_TEXT);
      putInt(length);
    }
    reserve(length);
    // No copy of a text that has an array for itself, as new ones do.
    out.put(text.getBytes());
  }

  /** The next text of some bytes: a part of them, not a copy. */
  static UTF8String text(ByteBuffer in) {
    int length = textLength(in);
    int start = in.position();
    in.position(start + length);
    return UTF8String.fromBytes(in.array(), in.arrayOffset() + start, length);
  }

  /** Goes on behind the next text. */
  static void passText(ByteBuffer in) {
    int length = textLength(in);
    in.position(in.position() + length);
  }

  private static int textLength(ByteBuffer in) {
    int length = in.get() & 0xFF;
    return length == LONG_TEXT ? in.getInt() : length;
  }

  /** All bytes put since the last call. */
  byte[] take() {
    byte[] bytes = Arrays.copyOf(out.array(), out.position());
    out.clear();
    return bytes;
  }

  private void reserve(int more) {
    if (out.remaining() < more) {
      int capacity = Math.max(2 * out.capacity(), Math.addExact(out.position(), more));
      out = ByteBuffer.allocate(capacity).put(out.flip());
    }
  }
}
