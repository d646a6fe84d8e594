package dev.copyloop.jobs.attribute.journey;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the different keys among the rows of {@link EventKeys}, and counts deliveries and their
 * events, by hashes of 96 bits. A row is a delivery's hash, its link's, and behind 32 further bits
 * of the delivery's the day and the flags. Not thread-safe.
 */
final class EventKeyCounting {

  /** Day and flags of a key: whether an event is on the send side is none of it. */
  private static final long KEY_BITS = 0xFFFF_FFFFL & ~EventKeys.SEND_SIDE;

  private static final Comparator<long[]> BY_KEY =
      Comparator.<long[]>comparingLong(row -> row[1]).thenComparingLong(row -> row[2] & KEY_BITS);

  private static final Comparator<long[]> BY_DELIVERY =
      Comparator.<long[]>comparingLong(row -> row[2] & EventKeys.OF_DELIVERY)
          .thenComparingLong(row -> row[2] >> Integer.SIZE);

  private long[] keys = new long[3 * 1024];
  private int length;

  private long named;
  private long events;
  private long sendSide;
  private long torn;

  /** Adds all rows of one hash. */
  void add(List<long[]> group) {
    group.sort(BY_KEY);
    addKeys(group);
    group.sort(BY_DELIVERY);
    addDeliveries(group);
  }

  private void addKeys(List<long[]> sorted) {
    long[] before = null;
    for (long[] row : sorted) {
      if (before == null || BY_KEY.compare(before, row) != 0) {
        addKey(row);
      }
      before = row;
    }
  }

  private void addDeliveries(List<long[]> sorted) {
    int start = 0;
    while (start < sorted.size()) {
      int end = start + 1;
      while (end < sorted.size() && BY_DELIVERY.compare(sorted.get(start), sorted.get(end)) == 0) {
        end++;
      }
      if ((sorted.get(start)[2] & EventKeys.OF_DELIVERY) != 0) {
        addDelivery(sorted.subList(start, end));
      }
      start = end;
    }
  }

  private void addKey(long[] row) {
    if (length == keys.length) {
      keys = Arrays.copyOf(keys, 2 * length);
    }
    System.arraycopy(row, 0, keys, length, 3);
    length += 3;
  }

  private void addDelivery(List<long[]> rows) {
    long linked = 0;
    boolean differ = false;
    long[] first = rows.get(0);
    for (long[] row : rows) {
      sendSide += (row[2] & EventKeys.SEND_SIDE) == 0 ? 0 : 1;
      linked += (row[2] & EventKeys.LINKED) == 0 ? 0 : 1;
      differ |= row[1] != first[1];
    }
    named++;
    events += rows.size();
    torn += linked > 0 && (linked < rows.size() || differ) ? 1 : 0;
  }

  /** What the deliveries' rows say. */
  EventCounts counts() {
    return new EventCounts(named, events, sendSide, torn);
  }

  /** The different keys, each as the three numbers of a row that has it. */
  long[] keys() {
    return Arrays.copyOf(keys, length);
  }
}
