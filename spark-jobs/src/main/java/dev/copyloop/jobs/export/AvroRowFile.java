package dev.copyloop.jobs.export;

import dev.copyloop.jobs.lake.InternalRows;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** An Avro object container file of rows, deflated, on the local disk. */
final class AvroRowFile implements RowFile {
  private static final int DEFLATE_LEVEL = 6;

  private final Schema schema;
  private final DataType[] types;
  private final Path file;
  private final DataFileWriter<GenericRecord> writer;

  private AvroRowFile(
      Schema schema, StructType columns, Path file, DataFileWriter<GenericRecord> writer) {
    this.schema = schema;
    this.types =
        Arrays.stream(columns.fields()).map(StructField::dataType).toArray(DataType[]::new);
    this.file = file;
    this.writer = writer;
  }

  static AvroRowFile open(Path file, StructType columns) throws IOException {
    Schema schema = AvroSchema.of(columns);
    DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema));
    writer.setCodec(CodecFactory.deflateCodec(DEFLATE_LEVEL));
    writer.create(schema, Files.newOutputStream(file));
    return new AvroRowFile(schema, columns, file, writer);
  }

  @Override
  public void write(InternalRow row) throws IOException {
    GenericRecord avro = new GenericData.Record(schema);
    for (int i = 0; i < types.length; i++) {
      int ordinal = i + ExportDataset.KEY_COLUMNS;
      avro.put(i, row.isNullAt(ordinal) ? null : value(row, ordinal, types[i]));
    }
    writer.append(avro);
  }

  /** Times are microseconds and dates epoch days, in Avro as in Spark. */
  private static Object value(InternalRow row, int ordinal, DataType type) {
    if (type instanceof StringType) {
      return new Utf8(row.getUTF8String(ordinal).getBytes());
    }
    if (type instanceof DecimalType decimal) {
      return ByteBuffer.wrap(
          row.getDecimal(ordinal, decimal.precision(), decimal.scale())
              .toJavaBigDecimal()
              .unscaledValue()
              .toByteArray());
    }
    return type instanceof MapType ? sorted(row.getMap(ordinal)) : row.get(ordinal, type);
  }

  private static Map<Utf8, Utf8> sorted(MapData map) {
    Map<Utf8, Utf8> sorted = new LinkedHashMap<>();
    for (int place : InternalRows.byKey(map)) {
      sorted.put(text(map.keyArray(), place), text(map.valueArray(), place));
    }
    return sorted;
  }

  private static Utf8 text(ArrayData texts, int place) {
    return texts.isNullAt(place) ? null : new Utf8(texts.getUTF8String(place).getBytes());
  }

  @Override
  public long bytes() throws IOException {
    return Files.size(file);
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
