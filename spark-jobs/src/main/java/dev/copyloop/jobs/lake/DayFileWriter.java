package dev.copyloop.jobs.lake;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.RecordWriter;
import org.apache.parquet.hadoop.ParquetOutputFormat;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** A Parquet file that a task writes, with rows of one day. Not thread-safe. */
final class DayFileWriter {
  private final Path file;
  private final String name;
  private final String partition;
  private final LocalDate day;
  private final Configuration hadoop;
  private final RecordWriter<Void, InternalRow> writer;
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
    var format = new ParquetOutputFormat<>(new RowWriteSupport(columns, 1));
    try {
      this.writer = format.getRecordWriter(hadoop, file, CompressionCodecName.ZSTD);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  void write(InternalRow row) throws IOException {
    statistics.add(row);
    try {
      writer.write(null, row);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Ends the file. */
  DayFile close() throws IOException {
    try {
      writer.close(null);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
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
      writer.close(null);
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static IOException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return (IOException) new InterruptedIOException("Interrupted while writing").initCause(cause);
  }
}
