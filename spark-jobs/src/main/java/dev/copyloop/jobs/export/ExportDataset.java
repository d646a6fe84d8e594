package dev.copyloop.jobs.export;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What is exported, for every org.
 *
 * @param name the folder below the org's prefix
 * @param rows the columns {@code org} and {@code part}, then those of the file, in order
 * @param order the columns that order a file's rows, together unique
 */
record ExportDataset(
    String name, Partitioning partitioning, Dataset<Row> rows, List<String> order) {

  static final String ORG = "org";
  static final String PART = "part";

  /** The columns of the file. */
  List<String> columns() {
    List<String> all = List.of(rows.columns());
    return all.subList(2, all.size());
  }
}
