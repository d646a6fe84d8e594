package dev.copyloop.jobs.hash;

import static org.apache.spark.sql.functions.col;

import dev.copyloop.jobs.lake.InternalRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.StructType;

/**
 * Content hashes of a dataset in one pass and without a shuffle: each task hashes its rows by
 * group, the driver adds the few results up.
 */
public final class ContentHashes {

  private ContentHashes() {}

  /** The hash of all rows over those columns. */
  public static ContentHash of(Dataset<Row> rows, List<String> columns) {
    return byGroup(rows, List.of(), columns).getOrDefault("", ContentHash.EMPTY);
  }

  /**
   * The hash of each group of rows over those columns, by the group's columns joined with {@code
   * |}, in order. A group without rows is absent.
   */
  public static Map<String, ContentHash> byGroup(
      Dataset<Row> rows, List<String> groupColumns, List<String> columns) {
    Dataset<Row> keyed = keyed(rows, groupColumns, columns);
    StructType schema = keyed.schema();
    int groups = groupColumns.size();
    return GroupHashes.over(InternalRows.of(keyed), () -> GroupHashes.byFirst(schema, groups));
  }

  private static Dataset<Row> keyed(
      Dataset<Row> rows, List<String> groupColumns, List<String> columns) {
    List<Column> selected = new ArrayList<>();
    for (String name : groupColumns) {
      boolean isDate = rows.schema().apply(name).dataType() instanceof DateType;
      selected.add(isDate ? col(name) : col(name).cast("string"));
    }
    columns.forEach(name -> selected.add(col(name)));
    return rows.select(selected.toArray(Column[]::new));
  }

  /** The columns of a schema, in order, without those named. */
  public static List<String> columnsWithout(StructType schema, String... names) {
    List<String> excluded = Arrays.asList(names);
    return Arrays.stream(schema.fieldNames()).filter(name -> !excluded.contains(name)).toList();
  }
}
