package dev.copyloop.jobs.hash;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;

/** Of sorted hashes those that occur more than once, each once. Not thread-safe. */
final class RepeatedHashes implements Iterator<InternalRow> {

  private final Iterator<InternalRow> rows;
  private long hash;

  /** How often the hash occurred so far; 0 before the first. */
  private long times;

  /** Whether the hash is one that was not given yet. */
  private boolean isFound;

  /**
   * @param rows whose first column is the hash, never null
   */
  RepeatedHashes(Iterator<InternalRow> rows) {
    this.rows = rows;
  }

  @Override
  public boolean hasNext() {
    while (!isFound && rows.hasNext()) {
      long next = rows.next().getLong(0);
      times = times > 0 && next == hash ? times + 1 : 1;
      hash = next;
      isFound = times == 2;
    }
    return isFound;
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    isFound = false;
    return new GenericInternalRow(new Object[] {hash});
  }
}
