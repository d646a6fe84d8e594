package dev.copyloop.jobs.hash;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Rows sorted by their hash, without the pairs of equal ones of which each side has one. Not
 * thread-safe.
 */
final class CancellingRows implements Iterator<InternalRow> {

  private final Iterator<InternalRow> rows;

  /** The column of the side; the hash is in the two columns behind it. */
  private final int side;

  /** Waits for another to cancel it; null if none does. */
  private InternalRow waiting;

  /** Is not cancelled; null if that is not known of any. */
  private InternalRow next;

  CancellingRows(Iterator<InternalRow> rows, int side) {
    this.rows = rows;
    this.side = side;
  }

  @Override
  public boolean hasNext() {
    while (next == null && rows.hasNext()) {
      take(rows.next());
    }
    if (next == null) {
      next = waiting;
      waiting = null;
    }
    return next != null;
  }

  private void take(InternalRow row) {
    if (waiting != null && isEqual(row, waiting) && isOfOtherSide(row, waiting)) {
      waiting = null;
    } else {
      next = waiting;
      waiting = row.copy();
    }
  }

  private boolean isEqual(InternalRow row, InternalRow other) {
    return row.getLong(side + 1) == other.getLong(side + 1)
        && row.getLong(side + 2) == other.getLong(side + 2);
  }

  private boolean isOfOtherSide(InternalRow row, InternalRow other) {
    return !row.getUTF8String(side).equals(other.getUTF8String(side));
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException("No further row");
    }
    InternalRow row = next;
    next = null;
    return row;
  }
}
