package dev.copyloop.jobs.lake;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Writes rows of a table, each task a file for each day it meets, or one file where the table has
 * no days. All of a task's files are open until its rows end, so the days are to be few.
 *
 * @param hadoop how the storage is reached and Parquet is written
 * @param location the table's folder
 * @param schema of the rows
 * @param day which column is the day, or {@link #NO_DAYS}
 * @param taskBytes what a task's files may keep together; then the largest ends a row group
 */
record DayFiles(
    SerializableConfiguration hadoop,
    String location,
    StructType schema,
    List<String> statisticsColumns,
    int day,
    long taskBytes)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** So many files a task may have open; rows of more days are better sorted first. */
  private static final int MOST_DAYS = 100;

  private static final int NO_DAYS = -1;
  private static final long TASK_BYTES = 128L * 1024 * 1024;

  /** How many rows are written between two looks at what the files keep. */
  private static final int ROWS_PER_LOOK = 1_000;

  /**
   * What a task wrote.
   *
   * @param whole whether that is all of its rows: it ends when it meets too many days
   */
  private record TaskFiles(List<DayFile> files, boolean whole) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  static DayFiles of(SparkSession spark, String location, TableSpec table) {
    return new DayFiles(
        new SerializableConfiguration(spark.sparkContext().hadoopConfiguration()),
        location,
        table.schema(),
        table.statisticsColumns(),
        table.partition().map(table.schema()::fieldIndex).orElse(NO_DAYS),
        TASK_BYTES);
  }

  /** The same with another bound. */
  DayFiles keeping(long bytes) {
    return new DayFiles(hadoop, location, schema, statisticsColumns, day, bytes);
  }

  /**
   * Runs the tasks. What they wrote belongs to no version of the table yet.
   *
   * @return empty, and nothing is written, if a task met too many days
   */
  Optional<List<DayFile>> write(JavaRDD<InternalRow> rows) {
    List<TaskFiles> tasks = rows.mapPartitions(task -> List.of(write(task)).iterator()).collect();
    List<DayFile> files = tasks.stream().flatMap(task -> task.files().stream()).toList();
    if (tasks.stream().allMatch(TaskFiles::whole)) {
      return Optional.of(files);
    }
    files.forEach(this::delete);
    return Optional.empty();
  }

  private TaskFiles write(Iterator<InternalRow> rows) throws IOException {
    Map<Integer, DayFileWriter> open = new TreeMap<>();
    try {
      boolean whole = write(rows, open);
      List<DayFile> files = new ArrayList<>();
      for (DayFileWriter file : open.values()) {
        files.add(file.close());
      }
      return new TaskFiles(files, whole);
    } catch (IOException | RuntimeException e) {
      open.values().forEach(file -> file.abandon(e));
      throw e;
    }
  }

  /** Whether all rows are written. */
  private boolean write(Iterator<InternalRow> rows, Map<Integer, DayFileWriter> open)
      throws IOException {
    int current = 0;
    int looked = 0;
    DayFileWriter file = null;
    while (rows.hasNext()) {
      InternalRow row = rows.next();
      int next = day == NO_DAYS ? 0 : row.getInt(day);
      if (file == null || next != current) {
        current = next;
        file = open.get(next);
        if (file == null && open.size() == MOST_DAYS) {
          return false;
        }
        if (file == null) {
          file = open(next);
          open.put(next, file);
        }
      }
      file.write(row);
      if (++looked == ROWS_PER_LOOK) {
        makeRoom(open.values());
        looked = 0;
      }
    }
    return true;
  }

  private void makeRoom(Collection<DayFileWriter> files) throws IOException {
    long bytes = 0;
    long most = -1;
    DayFileWriter largest = null;
    for (DayFileWriter file : files) {
      long buffered = file.buffered();
      bytes += buffered;
      if (buffered > most) {
        most = buffered;
        largest = file;
      }
    }
    if (bytes > taskBytes) {
      largest.flush();
    }
  }

  private DayFileWriter open(int epochDay) throws IOException {
    return new DayFileWriter(
        hadoop.value(),
        location,
        schema,
        statisticsColumns,
        day == NO_DAYS
            ? Map.of()
            : Map.of(schema.apply(day).name(), LocalDate.ofEpochDay(epochDay).toString()));
  }

  private void delete(DayFile file) {
    try {
      Path path = new Path(location, file.path());
      path.getFileSystem(hadoop.value()).delete(path, false);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete a file that no table has: " + file.path(), e);
    }
  }
}
