package dev.copyloop.jobs.hash;

import java.io.Serializable;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * A set of hashes in 16 bytes or less each. They are spread evenly already, so that an open table
 * needs no hash of its own. Not thread-safe while it is added to.
 */
final class LongSet implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int LEAST_SLOTS = 16;

  /** A power of two of slots, at most half of them taken; zero is an empty slot. */
  private long[] slots;

  private int taken;
  private boolean hasZero;

  /**
   * An empty set.
   *
   * @param expected so many need not grow it: what is added in another set's order then meets no
   *     slots that are crowded while others are free
   */
  LongSet(int expected) {
    slots = new long[Math.max(LEAST_SLOTS, Integer.highestOneBit(Math.max(1, expected)) * 4)];
  }

  void add(long value) {
    if (value == 0) {
      hasZero = true;
      return;
    }
    int slot = slot(value);
    if (slots[slot] == 0) {
      slots[slot] = value;
      taken++;
      if (taken > slots.length / 2) {
        grow();
      }
    }
  }

  boolean contains(long value) {
    return value == 0 ? hasZero : slots[slot(value)] == value;
  }

  /** The numbers that another set does not have. */
  LongSet without(LongSet other) {
    LongSet rest = new LongSet(size());
    forEach(
        value -> {
          if (!other.contains(value)) {
            rest.add(value);
          }
        });
    return rest;
  }

  int size() {
    return taken + (hasZero ? 1 : 0);
  }

  void forEach(LongConsumer consumer) {
    if (hasZero) {
      consumer.accept(0);
    }
    Arrays.stream(slots).filter(value -> value != 0).forEach(consumer);
  }

  /** Where the value is, or would be. */
  private int slot(long value) {
    int slot = Long.hashCode(value) & (slots.length - 1);
    while (slots[slot] != 0 && slots[slot] != value) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  private void grow() {
    long[] before = slots;
    slots = new long[before.length * 2];
    for (long value : before) {
      if (value != 0) {
        slots[slot(value)] = value;
      }
    }
  }
}
