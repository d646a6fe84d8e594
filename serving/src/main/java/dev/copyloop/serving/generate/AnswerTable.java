package dev.copyloop.serving.generate;

import dev.copyloop.serving.decide.EarlierAnswer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Answers by generation, as numbers in two arrays: the garbage collector finds nothing to follow or
 * to move in them, however many there are. Equal answers, which most are, are kept once. Open
 * addressing with linear probing. Not thread-safe.
 */
final class AnswerTable {
  /** The version and the variant of a UUID are the same in most: bits above them spread better. */
  private static final int FIRST_SPREAD_BIT = 16;

  private static final double MOST_TAKEN = 0.8;

  private final int limit;
  private final int mask;
  private final long[] ids;

  /** One more than the index of the answer; 0: nobody is here. */
  private final int[] numbers;

  private final List<EarlierAnswer> answers = new ArrayList<>();
  private final Map<EarlierAnswer, Integer> numberOf = new HashMap<>();
  private int size;

  /** For so many generations. */
  AnswerTable(int limit) {
    int slots = Integer.highestOneBit(Math.max(1, (int) (limit / MOST_TAKEN))) * 2;
    this.limit = limit;
    this.mask = slots - 1;
    this.ids = new long[2 * slots];
    this.numbers = new int[slots];
  }

  /** Whether it takes no other generation. */
  boolean isFull() {
    return size >= limit;
  }

  /** Null if there is none. */
  EarlierAnswer find(UUID generation) {
    int number = numbers[slot(generation)];
    return number == 0 ? null : answers.get(number - 1);
  }

  /** Replaces what the generation had; a new one only while {@link #isFull} is false. */
  void put(UUID generation, EarlierAnswer answer) {
    int slot = slot(generation);
    if (numbers[slot] == 0) {
      ids[2 * slot] = generation.getMostSignificantBits();
      ids[2 * slot + 1] = generation.getLeastSignificantBits();
      size++;
    }
    numbers[slot] = numberOf.computeIfAbsent(answer, this::added);
  }

  private int added(EarlierAnswer answer) {
    answers.add(answer);
    return answers.size();
  }

  /** Where the generation is, or would be. */
  private int slot(UUID generation) {
    long high = generation.getMostSignificantBits();
    long low = generation.getLeastSignificantBits();
    int slot = (int) (high >>> FIRST_SPREAD_BIT) & mask;
    while (numbers[slot] != 0 && (ids[2 * slot] != high || ids[2 * slot + 1] != low)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
