package dev.copyloop.jobs.hash;

import dev.copyloop.jobs.lake.InternalRows;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.types.StructType;

/**
 * Rows with a mark and the first 128 bits of their hash behind their columns. All are one object,
 * each only valid until the next is asked for. Not thread-safe.
 */
final class SignedHashing implements Iterator<InternalRow> {

  private final Iterator<InternalRow> rows;
  private final CanonicalRow encoding;
  private final GenericInternalRow behind = new GenericInternalRow(3);
  private final JoinedRow row = new JoinedRow();

  SignedHashing(Iterator<InternalRow> rows, StructType schema, String mark) {
    this.rows = rows;
    this.encoding = new CanonicalRow(schema);
    behind.update(0, InternalRows.text(mark));
  }

  @Override
  public boolean hasNext() {
    return rows.hasNext();
  }

  @Override
  public InternalRow next() {
    InternalRow next = rows.next();
    byte[] sha256 = encoding.hash(next, 0);
    behind.update(1, RunningHash.high(sha256));
    behind.update(2, RunningHash.low(sha256));
    return row.apply(next, behind);
  }
}
