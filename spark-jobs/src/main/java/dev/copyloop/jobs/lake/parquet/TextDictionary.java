package dev.copyloop.jobs.lake.parquet;

import java.util.Arrays;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.spark.unsafe.types.UTF8String;

/** The different texts of a column, numbered as they came. Not thread-safe. */
final class TextDictionary {

  private final GrowingBytes texts = new GrowingBytes();

  /** Where the texts begin, each behind its length; then where the next one would. */
  private int[] starts = new int[17];

  private int size;

  /** A power of two of slots, at most half of them taken: a text's number plus 1, or 0. */
  private int[] slots = new int[32];

  private int last = -1;

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
    if (last < 0 || !isText(last, text)) {
      last = found(text);
    }
    return last;
  }

  private int found(UTF8String text) {
    int slot = text.hashCode() & (slots.length - 1);
    while (slots[slot] != 0) {
      if (isText(slots[slot] - 1, text)) {
        return slots[slot] - 1;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = size + 1;
    return added(text);
  }

  private int added(UTF8String text) {
    texts.putText(text);
    size++;
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, 2 * starts.length);
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
      int slot = text(number).hashCode() & (slots.length - 1);
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
