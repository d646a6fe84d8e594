package dev.copyloop.jobs.lake;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Writes rows as Parquet records, maps by sorted key. A null in a column that has none is an error.
 * Not thread-safe.
 */
public final class RowWriteSupport extends WriteSupport<InternalRow> {

  private final StructType columns;
  private final int offset;
  private final String[] names;
  private final Value[] values;
  private RecordConsumer consumer;

  /** A column's value; never null. */
  private interface Value {
    void write(SpecializedGetters from, int ordinal);
  }

  /**
   * @param columns of the file
   * @param offset how many columns of each row come before them
   */
  public RowWriteSupport(StructType columns, int offset) {
    this.columns = columns;
    this.offset = offset;
    this.names = columns.fieldNames();
    this.values =
        Arrays.stream(columns.fields())
            .map(StructField::dataType)
            .map(this::value)
            .toArray(Value[]::new);
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
  public void write(InternalRow row) {
    consumer.startMessage();
    for (int i = 0; i < values.length; i++) {
      if (!row.isNullAt(i + offset)) {
        consumer.startField(names[i], i);
        values[i].write(row, i + offset);
        consumer.endField(names[i], i);
      } else if (!columns.apply(i).nullable()) {
        throw new IllegalArgumentException("Cannot write a row without its " + names[i]);
      }
    }
    consumer.endMessage();
  }

  private Value value(DataType type) {
    if (type instanceof StringType) {
      return (from, i) -> writeText(from.getUTF8String(i));
    } else if (type instanceof LongType || type instanceof TimestampType) {
      return (from, i) -> consumer.addLong(from.getLong(i));
    } else if (type instanceof IntegerType || type instanceof DateType) {
      return (from, i) -> consumer.addInteger(from.getInt(i));
    } else if (type instanceof DoubleType) {
      return (from, i) -> consumer.addDouble(from.getDouble(i));
    } else if (type instanceof BooleanType) {
      return (from, i) -> consumer.addBoolean(from.getBoolean(i));
    } else if (type instanceof DecimalType decimal) {
      int precision = decimal.precision();
      int scale = decimal.scale();
      return (from, i) ->
          consumer.addBinary(fixed(from.getDecimal(i, precision, scale).toJavaBigDecimal()));
    } else if (type instanceof MapType) {
      return (from, i) -> writeMap(from.getMap(i));
    } else if (type instanceof ArrayType array) {
      Value element = value(array.elementType());
      return (from, i) -> writeArray(from.getArray(i), element);
    }
    throw new IllegalArgumentException("Cannot write a column of type " + type.simpleString());
  }

  private void writeText(UTF8String text) {
    consumer.addBinary(Binary.fromConstantByteArray(text.getBytes()));
  }

  private void writeArray(ArrayData array, Value element) {
    consumer.startGroup();
    if (array.numElements() > 0) {
      consumer.startField("list", 0);
      for (int place = 0; place < array.numElements(); place++) {
        consumer.startGroup();
        consumer.startField("element", 0);
        element.write(array, place);
        consumer.endField("element", 0);
        consumer.endGroup();
      }
      consumer.endField("list", 0);
    }
    consumer.endGroup();
  }

  private void writeMap(MapData map) {
    consumer.startGroup();
    if (map.numElements() > 0) {
      consumer.startField("key_value", 0);
      for (int place : InternalRows.byKey(map)) {
        writeEntry(map, place);
      }
      consumer.endField("key_value", 0);
    }
    consumer.endGroup();
  }

  private void writeEntry(MapData map, int place) {
    consumer.startGroup();
    consumer.startField("key", 0);
    writeText(map.keyArray().getUTF8String(place));
    consumer.endField("key", 0);
    if (!map.valueArray().isNullAt(place)) {
      consumer.startField("value", 1);
      writeText(map.valueArray().getUTF8String(place));
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
