package dev.copyloop.jobs.lake;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/**
 * Sums of rows by group, for groups that are few: each task adds its own rows up, the driver what
 * the tasks found. That takes one pass, no shuffle, and no code that is generated and compiled for
 * it.
 */
public final class GroupSums {

  private GroupSums() {}

  /**
   * Adds rows up.
   *
   * @param rows columns that name the group, see {@link Groups}, then bigints to add, of which null
   *     counts 0
   * @param groupColumns how many columns name the group
   * @return the sums in the order of their columns, by the group's values as texts
   */
  public static Map<List<String>, long[]> of(Dataset<Row> rows, int groupColumns) {
    StructType schema = rows.schema();
    Map<List<String>, long[]> sums = new HashMap<>();
    InternalRows.of(rows)
        .mapPartitions(task -> List.of(added(task, schema, groupColumns)).iterator())
        .collect()
        .forEach(
            part -> part.forEach((group, more) -> sums.merge(group, more, GroupSums::together)));
    return sums;
  }

  /** How many rows there are. */
  public static long count(Dataset<Row> rows) {
    return InternalRows.of(rows.select()).count();
  }

  private static Map<List<String>, long[]> added(
      Iterator<InternalRow> rows, StructType schema, int groupColumns) {
    int columns = schema.size() - groupColumns;
    Groups<long[]> groups =
        new Groups<>(schema, IntStream.range(0, groupColumns).toArray(), () -> new long[columns]);
    while (rows.hasNext()) {
      InternalRow row = rows.next();
      long[] sums = groups.of(row);
      for (int i = 0; i < columns; i++) {
        sums[i] += row.isNullAt(groupColumns + i) ? 0 : row.getLong(groupColumns + i);
      }
    }
    return groups.byName();
  }

  private static long[] together(long[] some, long[] more) {
    long[] sums = some.clone();
    for (int i = 0; i < sums.length; i++) {
      sums[i] += more[i];
    }
    return sums;
  }
}
