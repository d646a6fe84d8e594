package dev.copyloop.jobs.lake;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Writes rows of a table by day, each task a file for each day it meets. All of a task's files are
 * open until its rows end, so the days are to be few.
 *
 * @param hadoop how the storage is reached and Parquet is written
 * @param location the table's folder
 * @param schema of the rows, whose first column is the day
 */
record DayFiles(
    SerializableConfiguration hadoop,
    String location,
    StructType schema,
    List<String> statisticsColumns)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  static DayFiles of(SparkSession spark, String location, TableSpec table) {
    if (!table.partition().equals(Optional.of(table.schema().fieldNames()[0]))) {
      throw new IllegalArgumentException(
          "Table " + table.name() + " has no day in its first column");
    }
    return new DayFiles(
        new SerializableConfiguration(spark.sparkContext().hadoopConfiguration()),
        location,
        table.schema(),
        table.statisticsColumns());
  }

  /** Runs the tasks; what they wrote belongs to no version of the table yet. */
  List<DayFile> write(JavaRDD<InternalRow> rows) {
    return rows.mapPartitions(this::write).collect();
  }

  private Iterator<DayFile> write(Iterator<InternalRow> rows) throws IOException {
    Map<Integer, DayFileWriter> open = new TreeMap<>();
    try {
      write(rows, open);
      List<DayFile> files = new ArrayList<>();
      for (DayFileWriter file : open.values()) {
        files.add(file.close());
      }
      return files.iterator();
    } catch (IOException | RuntimeException e) {
      open.values().forEach(file -> file.abandon(e));
      throw e;
    }
  }

  private void write(Iterator<InternalRow> rows, Map<Integer, DayFileWriter> open)
      throws IOException {
    int day = 0;
    DayFileWriter file = null;
    while (rows.hasNext()) {
      InternalRow row = rows.next();
      if (file == null || row.getInt(0) != day) {
        day = row.getInt(0);
        file = open.get(day);
        if (file == null) {
          file = new DayFileWriter(hadoop.value(), location, schema, statisticsColumns, day);
          open.put(day, file);
        }
      }
      file.write(row);
    }
  }
}
