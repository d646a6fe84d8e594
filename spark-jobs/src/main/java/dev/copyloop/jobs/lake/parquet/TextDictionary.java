package dev.copyloop.jobs.lake.parquet;

import java.util.Arrays;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

/** The different texts of a column, numbered as they came. Not thread-safe. */
final class TextDictionary {

  /** Odd, its bits well mixed: 2^64 by the golden ratio. */
  private static final long SPREADING = 0x9E3779B97F4A7C15L;

  private final GrowingBytes texts = new GrowingBytes();

  /** Where the texts begin, each behind its length; then where the next one would. */
  private int[] starts = new int[17];

  private int size;

  /** A power of two of slots, at most half of them taken: a text's number plus 1, or 0. */
  private int[] slots = new int[32];

  private int last = -1;

  /** What came after each text when it was not the same one: the texts of a map take turns. */
  private int[] successors = new int[16];

  int size() {
    return size;
  }

  /** How long they are together. */
  int bytes() {
    return texts.length();
  }

  /** A text's number. */
  int numberOf(UTF8String text) {
    // What several rows in succession have in common is not even hashed.
    if (last < 0) {
      last = found(text);
    } else if (!isText(last, text)) {
      int likely = successors[last];
      int number = isText(likely, text) ? likely : found(text);
      successors[last] = number;
      last = number;
    }
    return last;
  }

  private int found(UTF8String text) {
    int slot = hash(text) & (slots.length - 1);
    while (slots[slot] != 0) {
      if (isText(slots[slot] - 1, text)) {
        return slots[slot] - 1;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = size + 1;
    return added(text);
  }

  /** By eight bytes at once, of which the last overlap others: Spark's own goes on by four. */
  private static int hash(UTF8String text) {
    int length = text.numBytes();
    if (length < Long.BYTES) {
      return mixed(length, text.getPrefix());
    }
    Object base = text.getBaseObject();
    long start = text.getBaseOffset();
    int last = length - Long.BYTES;
    long hash = length;
    for (int place = 0; place < last; place += Long.BYTES) {
      hash = (hash ^ Platform.getLong(base, start + place)) * SPREADING;
      hash ^= hash >>> Integer.SIZE;
    }
    return mixed(hash, Platform.getLong(base, start + last));
  }

  /** Each of the last eight bytes counts: a product's bits say nothing of higher ones. */
  private static int mixed(long hash, long last) {
    long all = hash ^ last;
    return (int) (((all ^ (all >>> Integer.SIZE)) * SPREADING) >>> Integer.SIZE);
  }

  private int added(UTF8String text) {
    texts.putText(text);
    size++;
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, 2 * starts.length);
      successors = Arrays.copyOf(successors, starts.length);
    }
    starts[size] = texts.length();
    if (2 * size > slots.length) {
      grow();
    }
    return size - 1;
  }

  private void grow() {
    slots = new int[2 * slots.length];
    for (int number = 0; number < size; number++) {
      int slot = hash(text(number)) & (slots.length - 1);
      while (slots[slot] != 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = number + 1;
    }
  }

  /** The text of a number, valid until more are numbered. */
  UTF8String text(int number) {
    return texts.text(starts[number] + Integer.BYTES, starts[number + 1]);
  }

  private boolean isText(int number, UTF8String text) {
    int start = starts[number] + Integer.BYTES;
    return starts[number + 1] - start == text.numBytes() && texts.isAt(start, text);
  }

  DictionaryPage page() {
    return new DictionaryPage(texts.all(), size, Encoding.PLAIN);
  }
}
