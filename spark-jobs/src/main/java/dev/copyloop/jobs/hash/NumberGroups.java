package dev.copyloop.jobs.hash;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Rows of a few numbers by the first of them, a hash. All lie in one array: as objects of their
 * own, rows that wait to be sorted would be copied by every collection of garbage meanwhile.
 *
 * <p>Sorted are the upper bits of each hash, beside which there is room for the row's place; the
 * few rows that agree in those are told apart by the whole hash. Hashes are spread evenly, so that
 * their first bits put nearly every row where it belongs. Not thread-safe.
 */
final class NumberGroups implements Iterator<List<long[]>> {

  private static final Comparator<long[]> BY_HASH = Comparator.comparingLong(row -> row[0]);

  /** About how many rows agree in the bits by which they are put in their place. */
  private static final int ROWS_OF_RANGE = 16;

  private final long[] numbers;
  private final int columns;
  private final long[] order;

  /** The bits of a row's place. */
  private final long places;

  private int next;

  /** Rows that agree in the upper bits, by hash, and how many of them were given. */
  private List<long[]> alike = List.of();

  private int given;

  private NumberGroups(long[] numbers, int length, int columns) {
    this.numbers = numbers;
    this.columns = columns;
    int rows = length / columns;
    this.places = Math.max(0, Integer.highestOneBit(rows) * 2L - 1);
    this.order = new long[rows];
    sort();
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

  private void sort() {
    int bits = Math.max(0, Long.bitCount(places) - Integer.bitCount(ROWS_OF_RANGE - 1));
    int[] ends = new int[1 << bits];
    for (int row = 0; row < order.length; row++) {
      ends[range(row, bits)]++;
    }
    for (int range = 1; range < ends.length; range++) {
      ends[range] += ends[range - 1];
    }
    int[] starts = ends.clone();
    for (int row = order.length - 1; row >= 0; row--) {
      order[--starts[range(row, bits)]] = (hash(row) & ~places) | row;
    }
    for (int range = 0; range < ends.length; range++) {
      Arrays.sort(order, starts[range], ends[range]);
    }
  }

  /** The first bits of a row's hash. */
  private int range(int row, int bits) {
    // Two steps: Java shifts by 64 bits as by none.
    return (int) (hash(row) >>> 1 >>> (Long.SIZE - 1 - bits));
  }

  private long hash(int row) {
    return numbers[row * columns];
  }

  @Override
  public boolean hasNext() {
    return given < alike.size() || next < order.length;
  }

  @Override
  public List<long[]> next() {
    if (!hasNext()) {
      throw new NoSuchElementException("No further hash");
    }
    if (given == alike.size()) {
      alike = nextAlike();
      given = 0;
    }
    if (alike.size() == 1) {
      given = 1;
      return alike;
    }
    int start = given;
    long hash = alike.get(start)[0];
    while (given < alike.size() && alike.get(given)[0] == hash) {
      given++;
    }
    return alike.subList(start, given);
  }

  private List<long[]> nextAlike() {
    int first = next++;
    while (next < order.length && ((order[first] ^ order[next]) & ~places) == 0) {
      next++;
    }
    List<long[]> found = new ArrayList<>(next - first);
    for (int i = first; i < next; i++) {
      int start = (int) (order[i] & places) * columns;
      found.add(Arrays.copyOfRange(numbers, start, start + columns));
    }
    found.sort(BY_HASH);
    return found;
  }
}
