package dev.copyloop.jobs.lake;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Reads each table as it is when it is first asked for, however often the rows are computed and
 * whatever is written meanwhile. Spark forgets what it keeps of a table that is written, and would
 * compute it of the new rows.
 */
public final class PinnedTables implements TableReader {
  private final LakeTables tables;
  private final Map<String, TableFiles> pinned = new TreeMap<>();

  PinnedTables(LakeTables tables) {
    this.tables = tables;
  }

  @Override
  public Dataset<Row> read(TableSpec table) {
    return files(table).rows();
  }

  /** The table's rows of some days. */
  public Dataset<Row> readDays(TableSpec table, Collection<LocalDate> days) {
    return files(table).rows(table.partition().orElseThrow(), days);
  }

  /** The table's rows of all other days. */
  public Dataset<Row> readOtherDays(TableSpec table, Collection<LocalDate> days) {
    return files(table).rowsOfOthers(table.partition().orElseThrow(), days);
  }

  /** How many rows the table has, by what is written down of its files if it is of each. */
  public long count(TableSpec table) {
    TableFiles files = files(table);
    return files.count().orElseGet(() -> files.rows().count());
  }

  private TableFiles files(TableSpec table) {
    return pinned.computeIfAbsent(table.name(), name -> tables.files(table));
  }
}
