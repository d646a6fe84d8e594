package dev.copyloop.jobs.hash;

import dev.copyloop.jobs.lake.Groups;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** Adds up the hashes of rows by group. Not thread-safe: one instance per task. */
public final class GroupHashes {

  private final Adding adding;
  private final Groups<RunningHash> groups;

  /** Adds a row's hash to others. */
  private interface Adding {
    void addTo(RunningHash hash, InternalRow row);
  }

  /** Begins each task's. */
  interface Start extends Serializable {
    GroupHashes begin();
  }

  private GroupHashes(StructType schema, int[] groupColumns, Adding adding) {
    this.adding = adding;
    this.groups = new Groups<>(schema, groupColumns, RunningHash::new);
  }

  /**
   * Of rows whose first columns name their group; the others are hashed.
   *
   * @param columns how many columns, dates and texts, name the group
   */
  public static GroupHashes byFirst(StructType schema, int columns) {
    return new GroupHashes(
        schema, IntStream.range(0, columns).toArray(), computed(schema, columns));
  }

  /**
   * Of rows all of whose columns are hashed.
   *
   * @param columns those, dates and texts, that name the group
   */
  static GroupHashes by(StructType schema, List<String> columns) {
    return new GroupHashes(schema, indexes(schema, columns), computed(schema, 0));
  }

  /**
   * Of rows whose hashes are known.
   *
   * @param columns those, dates and texts, that name the group
   * @param high the column of the first 64 bits of a row's hash; those that follow are in the next
   */
  static GroupHashes ofHashed(StructType schema, List<String> columns, int high) {
    return new GroupHashes(
        schema,
        indexes(schema, columns),
        (hash, row) -> hash.add(row.getLong(high), row.getLong(high + 1)));
  }

  private static int[] indexes(StructType schema, List<String> columns) {
    return columns.stream().mapToInt(schema::fieldIndex).toArray();
  }

  /** The hash of a row's columns from one on. */
  private static Adding computed(StructType schema, int first) {
    CanonicalRow encoding = new CanonicalRow(schema);
    return (hash, row) -> hash.add(encoding.hash(row, first));
  }

  /** Adds a row; it is not kept. */
  public void add(InternalRow row) {
    adding.addTo(groups.of(row), row);
  }

  /** What all rows of a dataset add up to, in one pass and without a shuffle. */
  static Map<String, ContentHash> over(JavaRDD<InternalRow> rows, Start start) {
    return together(
        rows.mapPartitions(
                task -> {
                  GroupHashes hashes = start.begin();
                  task.forEachRemaining(hashes::add);
                  return List.of(hashes.result()).iterator();
                })
            .collect());
  }

  /** What several tasks found, together. */
  static Map<String, ContentHash> together(Collection<Map<String, ContentHash>> parts) {
    Map<String, ContentHash> all = new TreeMap<>();
    parts.forEach(part -> part.forEach((group, hash) -> all.merge(group, hash, ContentHash::plus)));
    return all;
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
