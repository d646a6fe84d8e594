package dev.copyloop.jobs.lake;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.StructType;

/**
 * What rows are added to, by group. A row is looked up by what it holds itself, so that nothing is
 * made for one whose group is known. Not thread-safe: one instance per task.
 *
 * @param <T> what a group's rows are added to
 */
public final class Groups<T> {

  /** A group's values, null among them, and what its rows are added to. */
  private static final class Group<T> {
    private final Object[] values;
    private final T sum;

    Group(Object[] values, T sum) {
      this.values = values;
      this.sum = sum;
    }
  }

  private static final int FIRST_SLOTS = 32;

  private final int[] columns;
  private final DataType[] types;
  private final boolean[] isText;
  private final Supplier<T> empty;
  private final List<Group<T>> groups = new ArrayList<>();

  /** A power of two of slots, at most half of them taken: a group's place plus 1, or 0. */
  private int[] slots = new int[FIRST_SLOTS];

  /** The hash of each group, by its place. */
  private int[] hashes = new int[FIRST_SLOTS / 2];

  /** That of the row before; null before the first. */
  private Group<T> last;

  /**
   * @param columns where rows have what names their group: texts, dates or ints, null among them
   * @param empty makes what the first row of a group is added to
   */
  public Groups(StructType schema, int[] columns, Supplier<T> empty) {
    this.columns = columns.clone();
    this.types =
        Arrays.stream(columns).mapToObj(i -> schema.apply(i).dataType()).toArray(DataType[]::new);
    this.isText = new boolean[types.length];
    for (int i = 0; i < types.length; i++) {
      isText[i] = !(types[i] instanceof DateType || types[i] instanceof IntegerType);
    }
    this.empty = empty;
  }

  /** What a row of that group is to be added to; the row is not kept. */
  public T of(InternalRow row) {
    // What several rows in succession have in common is not even hashed.
    if (last == null || !isOf(last, row)) {
      last = found(row);
    }
    return last.sum;
  }

  private boolean isOf(Group<T> group, InternalRow row) {
    for (int i = 0; i < columns.length; i++) {
      Object value = group.values[i];
      boolean isSame =
          row.isNullAt(columns[i])
              ? value == null
              : isText[i]
                  ? row.getUTF8String(columns[i]).equals(value)
                  : value != null && (int) value == row.getInt(columns[i]);
      if (!isSame) {
        return false;
      }
    }
    return true;
  }

  private Group<T> found(InternalRow row) {
    int hash = hash(row);
    int slot = hash & (slots.length - 1);
    while (slots[slot] != 0) {
      int place = slots[slot] - 1;
      if (hashes[place] == hash && isOf(groups.get(place), row)) {
        return groups.get(place);
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = groups.size() + 1;
    return added(row, hash);
  }

  private int hash(InternalRow row) {
    int hash = 0;
    for (int i = 0; i < columns.length; i++) {
      hash *= 31;
      if (!row.isNullAt(columns[i])) {
        hash += isText[i] ? row.getUTF8String(columns[i]).hashCode() : row.getInt(columns[i]) + 1;
      }
    }
    return hash ^ (hash >>> 16);
  }

  private Group<T> added(InternalRow row, int hash) {
    Object[] values = new Object[columns.length];
    for (int i = 0; i < values.length; i++) {
      if (!row.isNullAt(columns[i])) {
        values[i] =
            isText[i] ? row.getUTF8String(columns[i]).copy() : (Object) row.getInt(columns[i]);
      }
    }
    Group<T> group = new Group<>(values, empty.get());
    hashes[groups.size()] = hash;
    groups.add(group);
    if (groups.size() == hashes.length) {
      grow();
    }
    return group;
  }

  private void grow() {
    slots = new int[2 * slots.length];
    hashes = Arrays.copyOf(hashes, slots.length / 2);
    for (int place = 0; place < groups.size(); place++) {
      int slot = hashes[place] & (slots.length - 1);
      while (slots[slot] != 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = place + 1;
    }
  }

  /** All of them by the group's values as texts, dates as in ISO 8601; null stays null. */
  public Map<List<String>, T> byName() {
    Map<List<String>, T> named = new HashMap<>();
    groups.forEach(group -> named.put(name(group.values), group.sum));
    return named;
  }

  private List<String> name(Object[] group) {
    List<String> name = new ArrayList<>();
    for (int i = 0; i < group.length; i++) {
      boolean isDate = group[i] != null && types[i] instanceof DateType;
      name.add(
          isDate
              ? LocalDate.ofEpochDay((int) group[i]).toString()
              : Objects.toString(group[i], null));
    }
    return name;
  }
}
