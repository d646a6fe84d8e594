package dev.copyloop.jobs.hash;

import java.util.Arrays;

/**
 * Brings rows in the order of their hashes, by numbers alone: sorted are the upper bits of each
 * hash, beside which there is room for the row's place. Hashes are spread evenly, so that their
 * first bits put nearly every row where it belongs.
 */
public final class HashOrder {

  /** About how many rows agree in the bits by which they are put in their place. */
  private static final int ROWS_OF_RANGE = 16;

  private HashOrder() {}

  /**
   * The places of rows, that of the least hash first; those of equal hashes in any order.
   *
   * @param numbers rows of so many columns, one behind the other; the first column is the hash
   */
  public static int[] of(long[] numbers, int columns, int rows) {
    long places = Math.max(0, Integer.highestOneBit(rows) * 2L - 1);
    long[] sorted = sorted(numbers, columns, rows, places);
    int[] order = new int[rows];
    for (int i = 0; i < rows; i++) {
      order[i] = (int) (sorted[i] & places);
      settle(order, i, numbers, columns, ~places);
    }
    return order;
  }

  private static long[] sorted(long[] numbers, int columns, int rows, long places) {
    int bits = Math.max(0, Long.bitCount(places) - Integer.bitCount(ROWS_OF_RANGE - 1));
    int[] ends = new int[1 << bits];
    for (int row = 0; row < rows; row++) {
      ends[range(numbers[row * columns], bits)]++;
    }
    for (int range = 1; range < ends.length; range++) {
      ends[range] += ends[range - 1];
    }
    int[] starts = ends.clone();
    long[] sorted = new long[rows];
    for (int row = rows - 1; row >= 0; row--) {
      long hash = numbers[row * columns];
      sorted[--starts[range(hash, bits)]] = (hash & ~places) | row;
    }
    for (int range = 0; range < ends.length; range++) {
      Arrays.sort(sorted, starts[range], ends[range]);
    }
    return sorted;
  }

  /** The first bits of a hash, those of the least one 0. */
  private static int range(long hash, int bits) {
    // Two steps: Java shifts by 64 bits as by none.
    return (int) ((hash ^ Long.MIN_VALUE) >>> 1 >>> (Long.SIZE - 1 - bits));
  }

  /** Moves the last row before those that agree in the upper bits and have a greater hash. */
  private static void settle(int[] order, int last, long[] numbers, int columns, long upper) {
    int row = order[last];
    long hash = numbers[row * columns];
    int to = last;
    while (to > 0) {
      long before = numbers[order[to - 1] * columns];
      if (((before ^ hash) & upper) != 0 || before <= hash) {
        break;
      }
      order[to] = order[to - 1];
      to--;
    }
    order[to] = row;
  }
}
