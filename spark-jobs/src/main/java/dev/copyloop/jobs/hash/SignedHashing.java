package dev.copyloop.jobs.hash;

import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/**
 * Hashes rows and makes each a {@link SignedRow}. All are one object, each only valid until the
 * next is asked for. Not thread-safe.
 */
final class SignedHashing implements Iterator<InternalRow> {

  private final Iterator<InternalRow> rows;
  private final CanonicalRow encoding;
  private final long sign;
  private final SignedRow row = new SignedRow();

  /**
   * @param sign of all of them
   */
  SignedHashing(Iterator<InternalRow> rows, StructType schema, long sign) {
    this.rows = rows;
    this.encoding = new CanonicalRow(schema);
    this.sign = sign;
  }

  @Override
  public boolean hasNext() {
    return rows.hasNext();
  }

  @Override
  public InternalRow next() {
    InternalRow next = rows.next();
    byte[] sha256 = encoding.hash(next, 0);
    return row.of(RunningHash.high(sha256), RunningHash.low(sha256), sign, next);
  }
}
