package dev.copyloop.jobs.export;

import dev.copyloop.events.settings.ExportSettings.Format;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** A file that rows are written to. Not thread-safe. */
interface RowFile extends Closeable {

  /** Writes a row; it is not kept. */
  void write(InternalRow row) throws IOException;

  /** About how many bytes it has so far. */
  long bytes() throws IOException;

  /**
   * A new file of a format.
   *
   * @param columns of the file; each row has {@link ExportDataset#KEY_COLUMNS} more before them
   */
  static RowFile open(Format format, Path file, StructType columns) throws IOException {
    return switch (format) {
      case PARQUET -> ParquetRowFile.open(file, columns);
      case AVRO -> AvroRowFile.open(file, columns);
    };
  }
}
