package dev.copyloop.jobs.hash;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import java.io.Serializable;
import java.util.function.LongPredicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** A 64-bit hash that rows are looked up by, both in queries and without one. */
public interface RowHash extends Serializable {

  /** The hash, or null, as an expression. */
  Column column();

  /**
   * Hashes the rows of a task.
   *
   * @param columns of the rows, in their order
   */
  Hashing on(StructType columns);

  /** Hashes one row after the other. Not thread-safe. */
  interface Hashing {
    /** Whether a row's hash is one of some; false where there is none. */
    boolean isAmong(InternalRow row, LongPredicate wanted);
  }

  /** The same, of those rows alone of which a column is null. */
  default RowHash whereNull(String name) {
    RowHash all = this;
    return new RowHash() {
      private static final long serialVersionUID = 1L;

      @Override
      public Column column() {
        return when(col(name).isNull(), all.column());
      }

      @Override
      public Hashing on(StructType columns) {
        int place = columns.fieldIndex(name);
        Hashing hashing = all.on(columns);
        return (row, wanted) -> row.isNullAt(place) && hashing.isAmong(row, wanted);
      }
    };
  }

  /** What a column of bigints says. */
  static RowHash ofNumber(String name) {
    return new RowHash() {
      private static final long serialVersionUID = 1L;

      @Override
      public Column column() {
        return col(name);
      }

      @Override
      public Hashing on(StructType columns) {
        int place = columns.fieldIndex(name);
        return (row, wanted) -> !row.isNullAt(place) && wanted.test(row.getLong(place));
      }
    };
  }
}
