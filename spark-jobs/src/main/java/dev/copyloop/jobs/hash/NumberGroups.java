package dev.copyloop.jobs.hash;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Rows of a few numbers by the first of them, a hash. All lie in one array: as objects of their
 * own, rows that wait to be sorted would be copied by every collection of garbage meanwhile. Not
 * thread-safe.
 */
final class NumberGroups implements Iterator<List<long[]>> {

  private final long[] numbers;
  private final int columns;
  private final int[] order;
  private int next;

  private NumberGroups(long[] numbers, int length, int columns) {
    this.numbers = numbers;
    this.columns = columns;
    this.order = HashOrder.of(numbers, columns, length / columns);
  }

  /**
   * Groups of rows.
   *
   * @param blocks rows, one behind the other
   */
  static NumberGroups of(Iterator<long[]> blocks, int columns) {
    long[] numbers = {};
    int length = 0;
    while (blocks.hasNext()) {
      long[] block = blocks.next();
      if (numbers.length - length < block.length) {
        int needed = Math.addExact(length, block.length);
        numbers = Arrays.copyOf(numbers, Math.max(2 * numbers.length, needed));
      }
      System.arraycopy(block, 0, numbers, length, block.length);
      length += block.length;
    }
    return new NumberGroups(numbers, length, columns);
  }

  @Override
  public boolean hasNext() {
    return next < order.length;
  }

  @Override
  public List<long[]> next() {
    if (!hasNext()) {
      throw new NoSuchElementException("No further hash");
    }
    int first = next;
    long hash = hash(first);
    while (next < order.length && hash(next) == hash) {
      next++;
    }
    List<long[]> group = new ArrayList<>(next - first);
    for (int i = first; i < next; i++) {
      int start = order[i] * columns;
      group.add(Arrays.copyOfRange(numbers, start, start + columns));
    }
    return group;
  }

  private long hash(int place) {
    return numbers[order[place] * columns];
  }
}
