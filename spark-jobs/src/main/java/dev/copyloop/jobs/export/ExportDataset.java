package dev.copyloop.jobs.export;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.copyloop.events.settings.ExportSettings.Format;
import dev.copyloop.jobs.hash.ContentHash;
import dev.copyloop.jobs.hash.Sha256;
import java.util.ArrayList;
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
 * @param part names a row's part
 * @param columns the columns of the files, in order
 * @param order the columns that order a file's rows, together unique; of parts that are hours, by
 *     time
 */
record ExportDataset(
    String name,
    Partitioning partitioning,
    Format format,
    Dataset<Row> table,
    Optional<String> dayColumn,
    Column part,
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

  /** The rows of some days of some orgs: {@code org} and {@code part}, then the files' columns. */
  Dataset<Row> rows(Collection<String> days, Collection<String> orgs) {
    return rows(days, orgs, lit(true));
  }

  /**
   * Those of them that are wanted.
   *
   * @param wanted made of {@link #isOf}
   */
  Dataset<Row> rows(Collection<String> days, Collection<String> orgs, Column wanted) {
    return selected(table.where(col(ORG).isin(orgs.toArray()).and(isOf(days))).where(wanted));
  }

  /** Whether a row of the table is of an org, and of one of those parts or days. */
  Column isOf(String org, Collection<String> parts, Collection<String> days) {
    Column ofParts = parts.isEmpty() ? isOf(days) : isOf(days).or(part.isin(parts.toArray()));
    return col(ORG).equalTo(org).and(ofParts);
  }

  /** A table without days is one day, whatever its name. */
  private Column isOf(Collection<String> days) {
    return dayColumn
        .map(column -> col(column).cast("string").isin(days.toArray()))
        .orElseGet(() -> lit(!days.isEmpty()));
  }

  private Dataset<Row> selected(Dataset<Row> rows) {
    List<Column> all = new ArrayList<>(List.of(col(ORG), part.as(PART)));
    all.addAll(columns);
    return rows.select(all.toArray(Column[]::new));
  }

  /** The schema of {@link #rows}. */
  StructType rowColumns() {
    return selected(table).schema();
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
