package dev.copyloop.jobs.export;

import dev.copyloop.jobs.lake.parquet.ParquetRows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetOutputFormat;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** A Parquet file of rows, compressed by Zstandard, on the local disk. */
final class ParquetRowFile implements RowFile {

  /** Texts that differ in nearly every row. */
  private static final List<String> UNIQUE = List.of("user_id", "tracking_id", "generation_id");

  private final ParquetRows rows;

  private ParquetRowFile(ParquetRows rows) {
    this.rows = rows;
  }

  static ParquetRowFile open(Path file, StructType columns) throws IOException {
    Configuration parquet = new Configuration(false);
    for (String column : UNIQUE) {
      parquet.setBoolean(ParquetOutputFormat.ENABLE_DICTIONARY + "#" + column, false);
    }
    return new ParquetRowFile(
        new ParquetRows(new LocalOutputFile(file), columns, ExportDataset.KEY_COLUMNS, parquet));
  }

  @Override
  public void write(InternalRow row) throws IOException {
    rows.write(row);
  }

  @Override
  public long bytes() throws IOException {
    return rows.bytes();
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
