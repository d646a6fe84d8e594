package dev.copyloop.jobs.lake.parquet;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetOutputFormat;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A Parquet file of rows, compressed by Zstandard: maps by sorted key. A null in a column that has
 * none is an error. Not thread-safe.
 *
 * <p>Parquet's own writer takes a row apart by half a dozen calls a value, and keeps pages in
 * pieces that are new for each; here a value is copied once, to where its page is made. Files,
 * footers and compression are Parquet's own.
 */
public final class ParquetRows implements Closeable {

  /** How many rows are written between two looks at the size of pages. */
  private static final int ROWS_PER_LOOK = 100;

  /** When a page and a row group end. */
  record Limits(int pageRows, long groupBytes) {
    static final Limits USUAL = new Limits(20_000, 128L * 1024 * 1024);
  }

  private final Limits limits;
  private final int[] places;
  private final MessageType schema;
  private final List<ColumnDescriptor> descriptors;
  private final boolean[] hasDictionary;
  private final LeafColumn[] columns;
  private final FieldWriter[] fields;
  private final CompressionCodecFactory codecs;
  private final ParquetFileWriter file;
  private ColumnChunkPageWriteStore pages;
  private long rows;
  private int looked;

  /**
   * Creates a file.
   *
   * @param columns of the file
   * @param offset how many columns of each row come before them
   * @param hadoop Parquet's settings: the level of compression, whether there are statistics, and
   *     by {@code parquet.enable.dictionary#<column>} which columns of texts have no dictionary
   */
  public ParquetRows(OutputFile file, StructType columns, int offset, Configuration hadoop)
      throws IOException {
    this(file, columns, IntStream.range(offset, offset + columns.size()).toArray(), hadoop);
  }

  /**
   * Creates a file.
   *
   * @param columns of the file
   * @param places where each row has them
   * @param hadoop as above
   */
  public ParquetRows(OutputFile file, StructType columns, int[] places, Configuration hadoop)
      throws IOException {
    this(file, columns, places, hadoop, Limits.USUAL);
  }

  ParquetRows(
      OutputFile file, StructType columns, int[] places, Configuration hadoop, Limits limits)
      throws IOException {
    this.limits = limits;
    this.places = places.clone();
    this.schema = ParquetSchema.of(columns);
    this.descriptors = schema.getColumns();
    this.hasDictionary = dictionaries(descriptors, hadoop);
    boolean hasStatistics = hadoop.getBoolean(ParquetOutputFormat.STATISTICS_ENABLED, true);
    this.columns =
        descriptors.stream()
            .map(column -> new LeafColumn(column, hasStatistics))
            .toArray(LeafColumn[]::new);
    Iterator<LeafColumn> leaves = Arrays.asList(this.columns).iterator();
    List<FieldWriter> writers = new ArrayList<>();
    for (StructField field : columns.fields()) {
      writers.add(FieldWriter.of(field, leaves));
    }
    this.fields = writers.toArray(FieldWriter[]::new);
    this.codecs = new CodecFactory(hadoop, LeafColumn.PAGE_BYTES);
    this.file =
        new ParquetFileWriter(
            file,
            schema,
            ParquetFileWriter.Mode.OVERWRITE,
            limits.groupBytes(),
            ParquetWriter.MAX_PADDING_SIZE_DEFAULT,
            ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH,
            ParquetProperties.DEFAULT_STATISTICS_TRUNCATE_LENGTH,
            ParquetProperties.DEFAULT_PAGE_WRITE_CHECKSUM_ENABLED);
    this.file.start();
    beginGroup();
  }

  private static boolean[] dictionaries(List<ColumnDescriptor> columns, Configuration hadoop) {
    boolean[] dictionaries = new boolean[columns.size()];
    for (int i = 0; i < dictionaries.length; i++) {
      String column = String.join(".", columns.get(i).getPath());
      dictionaries[i] =
          hadoop.getBoolean(ParquetOutputFormat.ENABLE_DICTIONARY + "#" + column, true);
    }
    return dictionaries;
  }

  private void beginGroup() {
    pages =
        new ColumnChunkPageWriteStore(
            codecs.getCompressor(CompressionCodecName.ZSTD),
            schema,
            new HeapByteBufferAllocator(),
            ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH,
            ParquetProperties.DEFAULT_PAGE_WRITE_CHECKSUM_ENABLED);
    for (int i = 0; i < columns.length; i++) {
      columns[i].begin(pages.getPageWriter(descriptors.get(i)), hasDictionary[i]);
    }
    rows = 0;
    looked = 0;
  }

  /** Writes a row; it is not kept. */
  public void write(InternalRow row) throws IOException {
    for (int i = 0; i < fields.length; i++) {
      fields[i].write(row, places[i]);
    }
    rows++;
    if (++looked == ROWS_PER_LOOK) {
      look();
    }
  }

  private void look() throws IOException {
    for (LeafColumn column : columns) {
      column.endRows(looked, limits.pageRows());
    }
    looked = 0;
    if (rows % (10 * ROWS_PER_LOOK) == 0 && buffered() >= limits.groupBytes()) {
      nextGroup();
    }
  }

  /** Writes what is buffered, as a row group of its own. */
  public void nextGroup() throws IOException {
    endGroup();
    beginGroup();
  }

  private void endGroup() throws IOException {
    for (LeafColumn column : columns) {
      column.endRows(looked, limits.pageRows());
      column.end();
    }
    if (rows > 0) {
      file.startBlock(rows);
      pages.flushToFileWriter(file);
      file.endBlock();
    }
    pages.close();
  }

  /** About how many bytes of pages it keeps. */
  public long buffered() {
    long bytes = 0;
    for (LeafColumn column : columns) {
      bytes += column.bytes();
    }
    return bytes;
  }

  /** About how many bytes it has so far. */
  public long bytes() throws IOException {
    return file.getPos() + buffered();
  }

  /** Ends the file. */
  @Override
  public void close() throws IOException {
    try {
      endGroup();
      file.end(Map.of());
    } finally {
      codecs.release();
      file.close();
    }
  }
}
