package dev.copyloop.jobs.attribute.table;

import java.util.function.Function;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * What is derived of a row's org: once for all rows in succession that are of one, as most are. Not
 * thread-safe.
 *
 * @param <T> what is derived
 */
public final class ByOrg<T> {
  private final int org;
  private final Function<UTF8String, T> derivation;

  /** That of the row before; null before the first row. */
  private UTF8String last;

  private T value;

  /**
   * @param columns of the rows, {@code org} among them
   */
  public ByOrg(StructType columns, Function<UTF8String, T> derivation) {
    this.org = columns.fieldIndex("org");
    this.derivation = derivation;
  }

  /** What is derived of that row's org. */
  public T of(InternalRow row) {
    UTF8String next = row.getUTF8String(org);
    if (!next.equals(last)) {
      last = next.copy();
      value = derivation.apply(last);
    }
    return value;
  }
}
