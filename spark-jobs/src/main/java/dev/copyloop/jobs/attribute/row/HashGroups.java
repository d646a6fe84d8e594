package dev.copyloop.jobs.attribute.row;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;

/** Walks through rows that are sorted by their first column, a hash, once. Not thread-safe. */
final class HashGroups<T> {

  private final Iterator<InternalRow> rows;
  private final HashedRows.Reading<T> reading;

  /** The first row that was not read yet; null after the last. */
  private InternalRow next;

  /** Reads every row; null if there is none. */
  private final RowCursor columns;

  /** Of the group that was read last. */
  private long hash;

  HashGroups(Iterator<InternalRow> rows, HashedRows.Reading<T> reading) {
    this.rows = rows;
    this.reading = reading;
    advance();
    this.columns = next == null ? null : RowCursor.overRows(next.numFields());
  }

  private void advance() {
    next = rows.hasNext() ? rows.next() : null;
  }

  boolean hasNext() {
    return next != null;
  }

  /** The next group: every row of the least hash that was not read yet. */
  List<T> next() {
    if (next == null) {
      throw new NoSuchElementException("No further hash");
    }
    hash = next.getLong(0);
    List<T> group = new ArrayList<>();
    while (next != null && next.getLong(0) == hash) {
      columns.moveTo(next, 1);
      group.add(reading.read(columns));
      advance();
    }
    return group;
  }

  /** The hash of the group that {@link #next} gave last. */
  long hash() {
    return hash;
  }

  /** The rows of a hash, maybe none; those of lesser ones are passed over. */
  List<T> of(long wanted) {
    while (next != null && next.getLong(0) < wanted) {
      advance();
    }
    return next != null && next.getLong(0) == wanted ? next() : Collections.emptyList();
  }

  /** What becomes of all groups, one after the other. */
  static <T> Iterator<InternalRow> fold(HashGroups<T> groups, HashedRows.Fold<T> fold) {
    return new Iterator<>() {
      private Iterator<InternalRow> results = Collections.emptyIterator();

      @Override
      public boolean hasNext() {
        while (!results.hasNext() && groups.hasNext()) {
          results = fold.of(groups.next());
        }
        return results.hasNext();
      }

      @Override
      public InternalRow next() {
        if (!hasNext()) {
          throw new NoSuchElementException("No further result");
        }
        return results.next();
      }
    };
  }
}
