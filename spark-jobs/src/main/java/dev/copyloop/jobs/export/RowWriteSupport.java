package dev.copyloop.jobs.export;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Writes rows as Parquet records, maps by sorted key. Not thread-safe. */
final class RowWriteSupport extends WriteSupport<Row> {

  private final StructType columns;
  private final int offset;
  private RecordConsumer consumer;

  /**
   * @param columns of the file
   * @param offset how many columns of each row come before them
   */
  RowWriteSupport(StructType columns, int offset) {
    this.columns = columns;
    this.offset = offset;
  }

  // Deprecated, yet the one that every version must implement.
  @SuppressWarnings("deprecation")
  @Override
  public WriteContext init(Configuration configuration) {
    return new WriteContext(ParquetSchema.of(columns), Map.of());
  }

  @Override
  public void prepareForWrite(RecordConsumer recordConsumer) {
    this.consumer = recordConsumer;
  }

  @Override
  public void write(Row row) {
    consumer.startMessage();
    for (int i = 0; i < columns.size(); i++) {
      Object value = row.get(i + offset);
      if (value != null) {
        consumer.startField(columns.apply(i).name(), i);
        writeValue(value);
        consumer.endField(columns.apply(i).name(), i);
      }
    }
    consumer.endMessage();
  }

  private void writeValue(Object value) {
    if (value instanceof String text) {
      consumer.addBinary(Binary.fromString(text));
    } else if (value instanceof Long number) {
      consumer.addLong(number);
    } else if (value instanceof Integer number) {
      consumer.addInteger(number);
    } else if (value instanceof Double number) {
      consumer.addDouble(number);
    } else if (value instanceof Boolean flag) {
      consumer.addBoolean(flag);
    } else if (value instanceof BigDecimal number) {
      consumer.addBinary(fixed(number));
    } else if (value instanceof scala.collection.Map<?, ?> map) {
      writeMap(scala.jdk.javaapi.CollectionConverters.asJava(map));
    } else {
      writeTime(value);
    }
  }

  private void writeTime(Object value) {
    if (value instanceof Timestamp time) {
      consumer.addLong(ChronoUnit.MICROS.between(Instant.EPOCH, time.toInstant()));
    } else if (value instanceof Instant time) {
      consumer.addLong(ChronoUnit.MICROS.between(Instant.EPOCH, time));
    } else if (value instanceof Date day) {
      consumer.addInteger((int) day.toLocalDate().toEpochDay());
    } else if (value instanceof LocalDate day) {
      consumer.addInteger((int) day.toEpochDay());
    } else {
      throw new IllegalArgumentException("Cannot export a value of " + value.getClass());
    }
  }

  private void writeMap(Map<?, ?> map) {
    Map<String, String> sorted = new TreeMap<>();
    map.forEach((key, value) -> sorted.put((String) key, (String) value));
    consumer.startGroup();
    if (!sorted.isEmpty()) {
      consumer.startField("key_value", 0);
      sorted.forEach(this::writeEntry);
      consumer.endField("key_value", 0);
    }
    consumer.endGroup();
  }

  private void writeEntry(String key, String value) {
    consumer.startGroup();
    consumer.startField("key", 0);
    consumer.addBinary(Binary.fromString(key));
    consumer.endField("key", 0);
    if (value != null) {
      consumer.startField("value", 1);
      consumer.addBinary(Binary.fromString(value));
      consumer.endField("value", 1);
    }
    consumer.endGroup();
  }

  private static Binary fixed(BigDecimal number) {
    byte[] shortest = number.unscaledValue().toByteArray();
    byte[] bytes = new byte[ParquetSchema.DECIMAL_BYTES];
    Arrays.fill(bytes, (byte) (shortest[0] < 0 ? -1 : 0));
    System.arraycopy(shortest, 0, bytes, bytes.length - shortest.length, shortest.length);
    return Binary.fromConstantByteArray(bytes);
  }
}
