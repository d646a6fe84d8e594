package dev.copyloop.jobs.attribute.table;

import java.util.Arrays;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

/** A text that is put together only to be hashed, as Spark would hash it. Not thread-safe. */
public final class JoinedText {

  /** The one that Spark's {@code xxhash64} begins with. */
  public static final long SEED = 42;

  private byte[] bytes = new byte[128];
  private int length;

  /** Keeps so many of its first bytes. */
  public JoinedText cutTo(int bytes) {
    this.length = bytes;
    return this;
  }

  /** Adds a text. */
  public JoinedText add(UTF8String text) {
    reserve(text.numBytes());
    text.writeToMemory(bytes, (long) Platform.BYTE_ARRAY_OFFSET + length);
    length += text.numBytes();
    return this;
  }

  /** Adds a character of ASCII. */
  public JoinedText add(char character) {
    reserve(1);
    bytes[length++] = (byte) character;
    return this;
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(length, more)));
    }
  }

  /** How many bytes it has. */
  public int length() {
    return length;
  }

  /** Its hash, by what was hashed before it or {@link #SEED}. */
  public long hash(long seed) {
    return XXH64.hashUnsafeBytes(bytes, Platform.BYTE_ARRAY_OFFSET, length, seed);
  }
}
