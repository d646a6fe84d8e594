package dev.copyloop.jobs.export;

import dev.copyloop.jobs.lake.RowWriteSupport;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** A Parquet file of rows, compressed by Zstandard, on the local disk. */
final class ParquetRowFile implements RowFile {

  private static final long ROW_GROUP = 128L * 1024 * 1024;
  private static final int PAGE = 1024 * 1024;

  private final ParquetWriter<InternalRow> writer;

  private ParquetRowFile(ParquetWriter<InternalRow> writer) {
    this.writer = writer;
  }

  static ParquetRowFile open(Path file, StructType columns) throws IOException {
    RowWriteSupport rows = new RowWriteSupport(columns, ExportDataset.KEY_COLUMNS);
    Builder builder =
        new Builder(new LocalOutputFile(file), rows)
            .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .withRowGroupSize(ROW_GROUP)
            .withPageSize(PAGE);
    for (String unique : new String[] {"user_id", "tracking_id", "generation_id", "event_time"}) {
      builder.withDictionaryEncoding(unique, false);
    }
    return new ParquetRowFile(builder.build());
  }

  @Override
  public void write(InternalRow row) throws IOException {
    writer.write(row);
  }

  @Override
  public long bytes() {
    return writer.getDataSize();
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }

  private static final class Builder extends ParquetWriter.Builder<InternalRow, Builder> {

    private final WriteSupport<InternalRow> support;

    Builder(OutputFile file, WriteSupport<InternalRow> support) {
      super(file);
      this.support = support;
    }

    @Override
    protected Builder self() {
      return this;
    }

    // Deprecated, yet the one that every version must implement.
    @SuppressWarnings("deprecation")
    @Override
    protected WriteSupport<InternalRow> getWriteSupport(Configuration configuration) {
      return support;
    }
  }
}
