package dev.copyloop.jobs.attribute.row;

import dev.copyloop.jobs.lake.InternalRows;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.unsafe.types.UTF8String;

/** Reads the columns of a row as Spark keeps it, one after the other, in the schema's order. */
public final class RowCursor {

  private InternalRow row;
  private int next;

  /** Null if only one row is read. */
  private final RecentTexts recent;

  /** A cursor before the first column of one row. */
  public RowCursor(InternalRow row) {
    this.row = row;
    this.recent = null;
  }

  private RowCursor(int columns) {
    this.recent = new RecentTexts(columns);
  }

  /** A cursor for many rows of so many columns, to be moved to each. */
  static RowCursor overRows(int columns) {
    return new RowCursor(columns);
  }

  /** Goes on with a column of another row. */
  void moveTo(InternalRow row, int column) {
    this.row = row;
    this.next = column;
  }

  /** A text, or null. */
  public String text() {
    int column = next++;
    if (row.isNullAt(column)) {
      return null;
    }
    UTF8String text = row.getUTF8String(column);
    return recent == null ? text.toString() : recent.decoded(column, text);
  }

  /** A long that is never null. */
  public long number() {
    return row.getLong(next++);
  }

  /** A long, or null. */
  public Long optionalNumber() {
    int column = next++;
    return row.isNullAt(column) ? null : row.getLong(column);
  }

  /** An int, or null. */
  public Integer optionalInteger() {
    int column = next++;
    return row.isNullAt(column) ? null : row.getInt(column);
  }

  /** A boolean that is never null. */
  public boolean flag() {
    return row.getBoolean(next++);
  }

  /** A boolean, or null. */
  public Boolean optionalFlag() {
    int column = next++;
    return row.isNullAt(column) ? null : row.getBoolean(column);
  }

  /** A decimal of that precision and scale, or null. */
  public BigDecimal decimal(DecimalType type) {
    int column = next++;
    return row.isNullAt(column)
        ? null
        : row.getDecimal(column, type.precision(), type.scale()).toJavaBigDecimal();
  }

  /** An array of texts, none null. */
  public List<String> texts() {
    return InternalRows.strings(row.getArray(next++));
  }

  /** An array as Spark keeps it, which is not filled anew when the cursor is moved. */
  public ArrayData array() {
    return row.getArray(next++).copy();
  }

  /** An array of longs, none null. */
  public List<Long> numbers() {
    ArrayData array = row.getArray(next++);
    List<Long> numbers = new ArrayList<>(array.numElements());
    for (int i = 0; i < array.numElements(); i++) {
      numbers.add(array.getLong(i));
    }
    return numbers;
  }

  /** An array of rows with so many columns, none null; an array that is null is empty. */
  public <T> List<T> rows(int columns, Function<RowCursor, T> reading) {
    int column = next++;
    if (row.isNullAt(column)) {
      return List.of();
    }
    ArrayData array = row.getArray(column);
    List<T> rows = new ArrayList<>(array.numElements());
    for (int i = 0; i < array.numElements(); i++) {
      rows.add(reading.apply(new RowCursor(array.getStruct(i, columns))));
    }
    return rows;
  }
}
