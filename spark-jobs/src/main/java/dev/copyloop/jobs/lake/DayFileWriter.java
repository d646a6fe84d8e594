package dev.copyloop.jobs.lake;

import dev.copyloop.jobs.lake.parquet.ParquetRows;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A Parquet file that a task writes, with rows of one day or of a table without days. Not
 * thread-safe.
 */
final class DayFileWriter {
  private final Path file;
  private final String name;
  private final Map<String, String> partition;
  private final Configuration hadoop;
  private final ParquetRows rows;
  private final FileStatistics statistics;

  /**
   * Creates a file below a table's folder.
   *
   * @param schema of the rows
   * @param partition the table's day column and the day; empty for a table without days
   */
  DayFileWriter(
      Configuration hadoop,
      String location,
      StructType schema,
      List<String> statisticsColumns,
      Map<String, String> partition)
      throws IOException {
    this.hadoop = hadoop;
    this.partition = partition;
    this.name = folder(partition) + "part-%s.zstd.parquet".formatted(UUID.randomUUID());
    this.file = new Path(location, name);
    this.statistics = new FileStatistics(schema, statisticsColumns);
    int[] places =
        IntStream.range(0, schema.size())
            .filter(i -> !partition.containsKey(schema.apply(i).name()))
            .toArray();
    StructType columns =
        new StructType(Arrays.stream(places).mapToObj(schema::apply).toArray(StructField[]::new));
    this.rows = new ParquetRows(HadoopOutputFile.fromPath(file, hadoop), columns, places, hadoop);
  }

  private static String folder(Map<String, String> partition) {
    return partition.entrySet().stream()
        .map(day -> "%s=%s/".formatted(day.getKey(), day.getValue()))
        .collect(Collectors.joining());
  }

  void write(InternalRow row) throws IOException {
    statistics.add(row);
    rows.write(row);
  }

  /** About how many bytes it keeps. */
  long buffered() {
    return rows.buffered();
  }

  /** Writes what it keeps. */
  void flush() throws IOException {
    rows.nextGroup();
  }

  /** Ends the file. */
  DayFile close() throws IOException {
    rows.close();
    FileStatus status = file.getFileSystem(hadoop).getFileStatus(file);
    return new DayFile(
        name, partition, status.getLen(), status.getModificationTime(), statistics.json());
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
