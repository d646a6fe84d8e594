package dev.copyloop.jobs.lake;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Reads tables: as they are, or as they were published. */
public interface TableReader {

  /** The table's rows. */
  Dataset<Row> read(TableSpec table);
}
