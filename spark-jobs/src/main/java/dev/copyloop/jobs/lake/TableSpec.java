package dev.copyloop.jobs.lake;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The shape of a table.
 *
 * @param name one of {@code Tables}
 * @param schema its columns in order
 * @param partition the flat DATE column it is partitioned by, if any
 * @param personal columns that hold personal data or long texts: Delta keeps no minimum and maximum
 *     of them in its log
 */
public record TableSpec(
    String name, StructType schema, Optional<String> partition, Set<String> personal) {
  /** Columns by which readers choose rows that lie together. */
  private static final Set<String> SELECTIVE = Set.of("org", "batch_id", "occurred_at");

  public TableSpec {
    personal = Set.copyOf(personal);
    List<String> columns = Arrays.asList(schema.fieldNames());
    if (!columns.containsAll(personal)) {
      throw new IllegalArgumentException(
          "Invalid table %s: columns %s are not all of %s".formatted(name, personal, columns));
    }
  }

  /** A table partitioned by its column {@code date}. */
  public static TableSpec daily(String name, StructType schema, String... personal) {
    return new TableSpec(name, schema, Optional.of("date"), Set.of(personal));
  }

  /** A table without partitions. */
  public static TableSpec flat(String name, StructType schema, String... personal) {
    return new TableSpec(name, schema, Optional.empty(), Set.of(personal));
  }

  /**
   * The columns whose minimum and maximum Delta keeps: those by which readers leave files out. To
   * keep them of all columns costs more than any reader gains.
   */
  List<String> statisticsColumns() {
    List<String> columns = new ArrayList<>();
    for (StructField field : schema.fields()) {
      boolean partitioned = partition.filter(field.name()::equals).isPresent();
      if (!partitioned && !personal.contains(field.name()) && leavesFilesOut(field)) {
        columns.add(field.name());
      }
    }
    return columns;
  }

  private static boolean leavesFilesOut(StructField field) {
    return field.dataType() instanceof DateType || SELECTIVE.contains(field.name());
  }
}
