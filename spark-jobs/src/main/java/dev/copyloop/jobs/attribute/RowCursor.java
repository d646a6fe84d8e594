package dev.copyloop.jobs.attribute;

import java.math.BigDecimal;
import java.util.List;
import org.apache.spark.sql.Row;

/** Reads a row's columns one after the other, in the order of its schema. */
final class RowCursor {

  private final Row row;
  private int next;

  RowCursor(Row row) {
    this.row = row;
  }

  String text() {
    return row.getString(next++);
  }

  /** A long that is never null. */
  long number() {
    return row.getLong(next++);
  }

  Long optionalNumber() {
    int column = next++;
    return row.isNullAt(column) ? null : row.getLong(column);
  }

  Integer optionalInteger() {
    int column = next++;
    return row.isNullAt(column) ? null : row.getInt(column);
  }

  boolean flag() {
    return row.getBoolean(next++);
  }

  Boolean optionalFlag() {
    int column = next++;
    return row.isNullAt(column) ? null : row.getBoolean(column);
  }

  BigDecimal decimal() {
    return row.getDecimal(next++);
  }

  <T> List<T> list() {
    return row.getList(next++);
  }
}
