package dev.copyloop.jobs.export;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** An Avro object container file of rows, deflated, on the local disk. */
final class AvroRowFile implements RowFile {
  private static final int DEFLATE_LEVEL = 6;

  private final Schema schema;
  private final Path file;
  private final DataFileWriter<GenericRecord> writer;

  private AvroRowFile(Schema schema, Path file, DataFileWriter<GenericRecord> writer) {
    this.schema = schema;
    this.file = file;
    this.writer = writer;
  }

  static AvroRowFile open(Path file, StructType columns) throws IOException {
    Schema schema = AvroSchema.of(columns);
    DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema));
    writer.setCodec(CodecFactory.deflateCodec(DEFLATE_LEVEL));
    writer.create(schema, Files.newOutputStream(file));
    return new AvroRowFile(schema, file, writer);
  }

  @Override
  public void write(Row row) throws IOException {
    GenericRecord avro = new GenericData.Record(schema);
    for (int i = 0; i < schema.getFields().size(); i++) {
      avro.put(i, value(row.get(i + ExportDataset.KEY_COLUMNS)));
    }
    writer.append(avro);
  }

  private static Object value(Object value) {
    if (value instanceof Timestamp time) {
      return ChronoUnit.MICROS.between(Instant.EPOCH, time.toInstant());
    }
    if (value instanceof Instant time) {
      return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
    if (value instanceof Date day) {
      return (int) day.toLocalDate().toEpochDay();
    }
    if (value instanceof LocalDate day) {
      return (int) day.toEpochDay();
    }
    if (value instanceof BigDecimal number) {
      return ByteBuffer.wrap(number.unscaledValue().toByteArray());
    }
    if (value instanceof scala.collection.Map<?, ?> map) {
      return sorted(scala.jdk.javaapi.CollectionConverters.asJava(map));
    }
    return value;
  }

  private static Map<String, String> sorted(Map<?, ?> map) {
    Map<String, String> sorted = new TreeMap<>();
    map.forEach((key, value) -> sorted.put((String) key, (String) value));
    return sorted;
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
