package dev.copyloop.jobs.export;

import static org.apache.spark.sql.functions.col;

import dev.copyloop.events.settings.ExportSettings.Format;
import dev.copyloop.jobs.hash.ContentHash;
import dev.copyloop.jobs.hash.Sha256;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What is exported, for all orgs that want it in one shape.
 *
 * @param name the folder below the org's prefix
 * @param table the rows it comes from
 * @param dayColumn the column the table is partitioned by
 * @param columns {@code org} and {@code part}, then the columns of the files, in order
 * @param order the columns that order a file's rows, together unique
 */
record ExportDataset(
    String name,
    Partitioning partitioning,
    Format format,
    Dataset<Row> table,
    Optional<String> dayColumn,
    List<Column> columns,
    List<String> order) {

  static final String ORG = "org";
  static final String PART = "part";

  /** How many columns come before the files' own. */
  static final int KEY_COLUMNS = 2;

  ExportDataset {
    columns = List.copyOf(columns);
    order = List.copyOf(order);
  }

  /** The rows of some days of some orgs. */
  Dataset<Row> rows(Collection<String> days, Collection<String> orgs) {
    Dataset<Row> ofOrgs = table.where(col(ORG).isin(orgs.toArray()));
    Dataset<Row> ofDays =
        dayColumn
            .map(column -> ofOrgs.where(col(column).cast("string").isin(days.toArray())))
            .orElse(ofOrgs);
    return ofDays.select(columns.toArray(Column[]::new));
  }

  /** The schema of {@link #rows}. */
  StructType rowColumns() {
    return table.select(columns.toArray(Column[]::new)).schema();
  }

  /** The columns of the files. */
  StructType fileColumns() {
    return ofFiles(rowColumns());
  }

  /** Those of a row's columns that go to the files. */
  static StructType ofFiles(StructType rowColumns) {
    StructField[] all = rowColumns.fields();
    return new StructType(Arrays.copyOfRange(all, KEY_COLUMNS, all.length));
  }

  /** Names everything that the files' bytes depend on beside the rows. */
  String shape() {
    StringBuilder text = new StringBuilder(format.label());
    text.append(" manifest ").append(Manifest.SCHEMA_VERSION);
    text.append(" hash ").append(ContentHash.VERSION);
    for (StructField column : fileColumns().fields()) {
      text.append('\n').append(column.name()).append(' ').append(column.dataType().catalogString());
      text.append(column.nullable() ? "" : " not null");
    }
    return Sha256.hex(text.toString());
  }
}
