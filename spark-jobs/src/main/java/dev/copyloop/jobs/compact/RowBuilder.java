package dev.copyloop.jobs.compact;

import dev.copyloop.jobs.lake.Columns;
import dev.copyloop.jobs.lake.InternalRows;
import dev.copyloop.jobs.lake.TableSpec;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;

/** Fills a row as Spark keeps it, column by column; what is not set is null. */
final class RowBuilder {
  private static final long MICROS_PER_MILLI = 1000;

  private final Layout layout;
  private final Object[] values;

  private RowBuilder(Layout layout, Object[] values) {
    this.layout = layout;
    this.values = values;
  }

  /** Where a table's columns lie. Immutable: one for all of its rows. */
  static final class Layout {
    private final Map<String, Integer> positions = new HashMap<>();

    Layout(TableSpec table) {
      for (String name : table.schema().fieldNames()) {
        // As literals are: a lookup then compares no characters.
        positions.put(name.intern(), positions.size());
      }
    }

    /** The column's position in a row, from 0. */
    int position(String column) {
      Integer position = positions.get(column);
      if (position == null) {
        throw new IllegalArgumentException("No column " + column + " in " + positions.keySet());
      }
      return position;
    }

    /** An empty row. */
    RowBuilder row() {
      return new RowBuilder(this, new Object[positions.size()]);
    }
  }

  RowBuilder set(String column, String text) {
    return set(layout.position(column), text);
  }

  RowBuilder set(String column, Optional<String> text) {
    return set(column, text.orElse(null));
  }

  RowBuilder set(int position, String text) {
    return put(position, InternalRows.text(text));
  }

  RowBuilder set(int position, boolean flag) {
    return put(position, flag);
  }

  RowBuilder set(String column, boolean flag) {
    return put(layout.position(column), flag);
  }

  RowBuilder set(String column, int number) {
    return put(layout.position(column), number);
  }

  RowBuilder set(String column, long number) {
    return put(layout.position(column), number);
  }

  RowBuilder set(String column, double number) {
    return put(layout.position(column), number);
  }

  RowBuilder set(String column, byte[] bytes) {
    return put(layout.position(column), bytes);
  }

  RowBuilder set(String column, LocalDate date) {
    return put(layout.position(column), (int) date.toEpochDay());
  }

  /** An amount of {@link Columns#MONEY}. */
  RowBuilder set(String column, BigDecimal amount) {
    return put(layout.position(column), InternalRows.money(amount));
  }

  RowBuilder set(String column, Collection<String> texts) {
    return put(layout.position(column), InternalRows.texts(texts));
  }

  /** Texts by name, which are put in the names' order. */
  RowBuilder set(String column, Map<String, String> texts) {
    String[] names = texts.keySet().toArray(String[]::new);
    Arrays.sort(names);
    Object[] keys = new Object[names.length];
    Object[] values = new Object[names.length];
    for (int i = 0; i < names.length; i++) {
      keys[i] = InternalRows.text(names[i]);
      values[i] = InternalRows.text(texts.get(names[i]));
    }
    return put(
        layout.position(column),
        new ArrayBasedMapData(new GenericArrayData(keys), new GenericArrayData(values)));
  }

  /** A time in epoch milliseconds. */
  RowBuilder time(String column, long millis) {
    return put(layout.position(column), millis * MICROS_PER_MILLI);
  }

  private RowBuilder put(int position, Object value) {
    values[position] = value;
    return this;
  }

  InternalRow row() {
    return new GenericInternalRow(values);
  }

  /** The row's values by column, as Spark keeps them. */
  Object[] values() {
    return values;
  }
}
