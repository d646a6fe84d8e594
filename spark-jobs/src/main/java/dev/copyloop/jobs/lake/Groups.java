package dev.copyloop.jobs.lake;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * What rows are added to, by group. Not thread-safe: one instance per task.
 *
 * @param <T> what a group's rows are added to
 */
public final class Groups<T> {

  private final int[] columns;
  private final DataType[] types;
  private final Supplier<T> empty;
  private final Map<List<Object>, T> groups = new HashMap<>();

  /**
   * @param columns where rows have what names their group: texts, dates or ints, null among them
   * @param empty makes what the first row of a group is added to
   */
  public Groups(StructType schema, int[] columns, Supplier<T> empty) {
    this.columns = columns.clone();
    this.types =
        Arrays.stream(columns).mapToObj(i -> schema.apply(i).dataType()).toArray(DataType[]::new);
    this.empty = empty;
  }

  /** What a row of that group is to be added to; the row is not kept. */
  public T of(InternalRow row) {
    List<Object> group = values(row);
    T sum = groups.get(group);
    if (sum == null) {
      sum = empty.get();
      groups.put(kept(group), sum);
    }
    return sum;
  }

  private List<Object> values(InternalRow row) {
    Object[] values = new Object[columns.length];
    for (int i = 0; i < values.length; i++) {
      if (!row.isNullAt(columns[i])) {
        values[i] = isText(i) ? row.getUTF8String(columns[i]) : (Object) row.getInt(columns[i]);
      }
    }
    return Arrays.asList(values);
  }

  private boolean isText(int i) {
    return !(types[i] instanceof DateType || types[i] instanceof IntegerType);
  }

  private static List<Object> kept(List<Object> group) {
    List<Object> kept = new ArrayList<>();
    group.forEach(value -> kept.add(value instanceof UTF8String text ? text.clone() : value));
    return kept;
  }

  /** All of them by the group's values as texts, dates as in ISO 8601; null stays null. */
  public Map<List<String>, T> byName() {
    Map<List<String>, T> named = new HashMap<>();
    groups.forEach((group, sum) -> named.put(name(group), sum));
    return named;
  }

  private List<String> name(List<Object> group) {
    List<String> name = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      Object value = group.get(i);
      boolean isDate = value != null && types[i] instanceof DateType;
      name.add(isDate ? LocalDate.ofEpochDay((int) value).toString() : text(value));
    }
    return name;
  }

  private static String text(Object value) {
    return value == null ? null : value.toString();
  }
}
