package dev.copyloop.jobs.lake;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Reads each table as it is when it is first asked for, however often the rows are computed and
 * whatever is written meanwhile. Spark forgets what it keeps of a table that is written, and would
 * compute it of the new rows.
 */
public final class PinnedTables implements TableReader {
  private final SparkSession spark;
  private final LakeTables tables;
  private final Map<String, Long> versions = new TreeMap<>();

  PinnedTables(SparkSession spark, LakeTables tables) {
    this.spark = spark;
    this.tables = tables;
  }

  @Override
  public Dataset<Row> read(TableSpec table) {
    long version = versions.computeIfAbsent(table.name(), name -> tables.version(table));
    return spark.read().format("delta").option("versionAsOf", version).load(tables.location(table));
  }

  /** The table's rows of some days. */
  public Dataset<Row> readDays(TableSpec table, Collection<LocalDate> days) {
    return read(table).where(LakeTables.daysPredicate(table, days));
  }
}
