package dev.copyloop.jobs.hash;

import dev.copyloop.jobs.lake.Groups;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** Adds up the hashes of rows by group. Not thread-safe: one instance per task. */
public final class GroupHashes {

  private final CanonicalRow encoding;
  private final int first;
  private final Groups<RunningHash> groups;

  private GroupHashes(StructType schema, int[] groupColumns, int first) {
    this.encoding = new CanonicalRow(schema);
    this.first = first;
    this.groups = new Groups<>(schema, groupColumns, RunningHash::new);
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
    groups.of(row).add(encoding.hash(row, first));
  }

  /** What was added so far, by the group's values joined with {@code |}, without those of null. */
  public Map<String, ContentHash> result() {
    Map<String, ContentHash> result = new TreeMap<>();
    groups
        .byName()
        .forEach((group, hash) -> result.merge(name(group), hash.result(), ContentHash::plus));
    return result;
  }

  private static String name(List<String> group) {
    return group.stream().filter(Objects::nonNull).collect(Collectors.joining("|"));
  }
}
