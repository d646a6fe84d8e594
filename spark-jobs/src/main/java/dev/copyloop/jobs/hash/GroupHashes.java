package dev.copyloop.jobs.hash;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/** Adds up the hashes of rows by group. Not thread-safe: one instance per task. */
public final class GroupHashes {

  private final CanonicalRow encoding;
  private final int first;
  private final int[] groupColumns;
  private final boolean[] dates;
  private final Map<List<Object>, RunningHash> hashes = new HashMap<>();

  private GroupHashes(StructType schema, int[] groupColumns, int first) {
    this.encoding = new CanonicalRow(schema);
    this.first = first;
    this.groupColumns = groupColumns;
    this.dates = new boolean[groupColumns.length];
    for (int i = 0; i < groupColumns.length; i++) {
      dates[i] = schema.apply(groupColumns[i]).dataType() instanceof DateType;
    }
  }

  /**
   * Of rows whose first columns name their group; the others are hashed.
   *
   * @param columns how many columns, dates and texts, name the group
   */
  public static GroupHashes byFirst(StructType schema, int columns) {
    return new GroupHashes(schema, IntStream.range(0, columns).toArray(), columns);
  }

  /**
   * Of rows all of whose columns are hashed.
   *
   * @param columns those, dates and texts, that name the group
   */
  static GroupHashes by(StructType schema, List<String> columns) {
    return new GroupHashes(schema, columns.stream().mapToInt(schema::fieldIndex).toArray(), 0);
  }

  /** Adds a row; it is not kept. */
  public void add(InternalRow row) {
    List<Object> group = group(row);
    RunningHash hash = hashes.get(group);
    if (hash == null) {
      hash = new RunningHash();
      hashes.put(kept(group), hash);
    }
    hash.add(encoding.hash(row, first));
  }

  private List<Object> group(InternalRow row) {
    Object[] values = new Object[groupColumns.length];
    for (int i = 0; i < values.length; i++) {
      int column = groupColumns[i];
      if (!row.isNullAt(column)) {
        values[i] = dates[i] ? (Object) row.getInt(column) : row.getUTF8String(column);
      }
    }
    return Arrays.asList(values);
  }

  private static List<Object> kept(List<Object> group) {
    List<Object> kept = new ArrayList<>();
    group.forEach(value -> kept.add(value instanceof UTF8String text ? text.clone() : value));
    return kept;
  }

  /** What was added so far, by the group's values joined with {@code |}, without those of null. */
  public Map<String, ContentHash> result() {
    Map<String, ContentHash> result = new TreeMap<>();
    hashes.forEach((group, hash) -> result.merge(name(group), hash.result(), ContentHash::plus));
    return result;
  }

  private static String name(List<Object> group) {
    return group.stream()
        .filter(Objects::nonNull)
        .map(value -> value instanceof Integer day ? LocalDate.ofEpochDay(day) : value)
        .map(Object::toString)
        .collect(Collectors.joining("|"));
  }
}
