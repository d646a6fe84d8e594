package dev.copyloop.jobs.hash;

import java.util.Arrays;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.SpecificInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A row behind the first 128 bits of its hash, of which contents are made, and its sign. One object
 * for one row after the other. Not thread-safe.
 */
final class SignedRow {

  /** The column of the first 64 bits of the hash; those that follow are in the next. */
  static final int HIGH = 0;

  static final int LOW = 1;

  /** Is {@link #GAINED} or {@link #LOST}. */
  static final int SIGN = 2;

  static final long GAINED = 1;
  static final long LOST = -1;

  private static final StructType NUMBERS =
      new StructType()
          .add("row_hash_high", DataTypes.LongType, false)
          .add("row_hash_low", DataTypes.LongType, false)
          .add("row_sign", DataTypes.LongType, false);

  private final SpecificInternalRow numbers = new SpecificInternalRow(NUMBERS);
  private final JoinedRow row = new JoinedRow();

  /** The columns of such rows. */
  static StructType schema(StructType ofRows) {
    StructType schema = NUMBERS;
    for (StructField field : Arrays.asList(ofRows.fields())) {
      schema = schema.add(field);
    }
    return schema;
  }

  /** That row, until the next is made. */
  InternalRow of(long high, long low, long sign, InternalRow columns) {
    numbers.setLong(HIGH, high);
    numbers.setLong(LOW, low);
    numbers.setLong(SIGN, sign);
    return row.apply(numbers, columns);
  }

  static boolean isGained(InternalRow signed) {
    return signed.getLong(SIGN) == GAINED;
  }

  /** The row alone. */
  static InternalRow columns(InternalRow signed) {
    return ((JoinedRow) signed).getRight();
  }
}
