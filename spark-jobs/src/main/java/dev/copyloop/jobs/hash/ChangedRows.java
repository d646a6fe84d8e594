package dev.copyloop.jobs.hash;

import static org.apache.spark.sql.functions.col;

import dev.copyloop.jobs.lake.InternalRows;
import dev.copyloop.jobs.lake.LakeTables;
import dev.copyloop.jobs.lake.TableSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Brings some rows of a table to computed ones: days that only gain rows are added to, days that
 * lose any are written anew, others are left alone. A table without days is one part.
 */
public final class ChangedRows {

  private final LakeTables tables;

  public ChangedRows(LakeTables tables) {
    this.tables = tables;
  }

  /**
   * Replaces rows by others.
   *
   * @param computed what the rows shall be; those that are equal are one
   * @param present what they are: all rows of the table that are about the same things
   * @param whole the content of the whole table as it is
   */
  public TableChange apply(
      TableSpec table, Dataset<Row> computed, Dataset<Row> present, ContentHash whole) {
    try (RowDifferences differences = differences(table, computed, present)) {
      add(table, differences);
      if (!differences.lost().isEmpty()) {
        rewrite(table, differences);
      }
      return change(table, differences.gained(), differences.lost(), whole);
    }
  }

  private static RowDifferences differences(
      TableSpec table, Dataset<Row> computed, Dataset<Row> present) {
    return RowDifferences.of(
        ChangedParts.shaped(table, computed),
        ChangedParts.shaped(table, present),
        partColumns(table));
  }

  /**
   * Adds those of rows that the table does not have yet.
   *
   * @param computed some maybe several times
   * @param present rows of the table: those of the computed that it has, and maybe others
   */
  public TableChange addMissing(
      TableSpec table, Dataset<Row> computed, Dataset<Row> present, ContentHash whole) {
    try (RowDifferences differences = differences(table, computed, present)) {
      Map<String, ContentHash> missing = differences.gained();
      if (!missing.isEmpty()) {
        append(table, differences.gainedRows(), missing, missing.keySet());
      }
      return change(table, missing, Map.of(), whole);
    }
  }

  /** Adds rows to a table that has none about the same things. */
  public TableChange add(TableSpec table, Dataset<Row> computed, ContentHash whole) {
    return new ChangedParts(tables)
        .fill(table, ChangedParts.shaped(table, computed), partColumns(table), whole);
  }

  private static List<String> partColumns(TableSpec table) {
    return table.partition().map(List::of).orElse(List.of());
  }

  /** Adds what was gained by parts that lost nothing. */
  private void add(TableSpec table, RowDifferences differences) {
    Map<String, ContentHash> gained = differences.gained();
    SortedSet<String> added = new TreeSet<>(gained.keySet());
    added.removeAll(differences.lost().keySet());
    if (!added.isEmpty()) {
      JavaRDD<InternalRow> rows =
          added.size() < gained.size()
              ? differences.gainedRows(TableParts.predicate(partColumns(table), added))
              : differences.gainedRows();
      append(table, rows, gained, added);
    }
  }

  private void append(
      TableSpec table,
      JavaRDD<InternalRow> rows,
      Map<String, ContentHash> gained,
      Set<String> parts) {
    List<ContentHash> contents = parts.stream().map(gained::get).toList();
    tables.append(table, ChangedParts.inFewFiles(rows, contents), Optional.empty());
  }

  private void rewrite(TableSpec table, RowDifferences differences) {
    Set<String> parts = differences.lost().keySet();
    String predicate = TableParts.predicate(partColumns(table), parts);
    Dataset<Row> ofParts = ChangedParts.shaped(table, tables.read(table).where(predicate));
    Dataset<Row> rows = differences.appliedTo(ofParts, predicate);
    ChangedParts.rewrite(
        tables,
        table,
        InternalRows.of(table.partition().map(day -> rows.repartition(col(day))).orElse(rows)),
        partColumns(table),
        parts);
  }

  private static TableChange change(
      TableSpec table,
      Map<String, ContentHash> gained,
      Map<String, ContentHash> lost,
      ContentHash whole) {
    SortedSet<String> changed = new TreeSet<>(gained.keySet());
    changed.addAll(lost.keySet());
    ContentHash now =
        whole.minus(ContentHash.sum(lost.values())).plus(ContentHash.sum(gained.values()));
    return new TableChange(table.name(), now.rows(), now.toString(), List.copyOf(changed));
  }
}
