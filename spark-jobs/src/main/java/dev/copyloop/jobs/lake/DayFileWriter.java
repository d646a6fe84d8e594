package dev.copyloop.jobs.lake;

import dev.copyloop.jobs.lake.parquet.ParquetRows;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** A Parquet file that a task writes, with rows of one day. Not thread-safe. */
final class DayFileWriter {
  private final Path file;
  private final String name;
  private final String partition;
  private final LocalDate day;
  private final Configuration hadoop;
  private final ParquetRows rows;
  private final FileStatistics statistics;

  /**
   * Creates a file below a table's folder.
   *
   * @param schema of the rows, whose first column is the day
   */
  DayFileWriter(
      Configuration hadoop,
      String location,
      StructType schema,
      List<String> statisticsColumns,
      int epochDay)
      throws IOException {
    this.hadoop = hadoop;
    this.partition = schema.apply(0).name();
    this.day = LocalDate.ofEpochDay(epochDay);
    this.name = "%s=%s/part-%s.zstd.parquet".formatted(partition, day, UUID.randomUUID());
    this.file = new Path(location, name);
    this.statistics = new FileStatistics(schema, statisticsColumns);
    StructType columns = new StructType(Arrays.copyOfRange(schema.fields(), 1, schema.size()));
    this.rows = new ParquetRows(HadoopOutputFile.fromPath(file, hadoop), columns, 1, hadoop);
  }

  void write(InternalRow row) throws IOException {
    statistics.add(row);
    rows.write(row);
  }

  /** Ends the file. */
  DayFile close() throws IOException {
    rows.close();
    FileStatus status = file.getFileSystem(hadoop).getFileStatus(file);
    return new DayFile(
        name,
        partition,
        day.toString(),
        status.getLen(),
        status.getModificationTime(),
        statistics.json());
  }

  /** Ends the file for good after a failure; no version of the table will have it. */
  void abandon(Exception failure) {
    try {
      rows.close();
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }
}
