package dev.copyloop.jobs.lake.parquet;

import dev.copyloop.jobs.lake.InternalRows;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
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
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.unsafe.types.UTF8String;

/** Takes a field of each row apart into columns. Not thread-safe. */
interface FieldWriter {

  /** Writes the field of a row, null too. */
  void write(SpecializedGetters row, int ordinal);

  /**
   * A field's writer.
   *
   * @param leaves the columns of the file from its first one on
   */
  static FieldWriter of(StructField field, Iterator<LeafColumn> leaves) {
    // One level more, of those that are defined, where there can be null.
    int present = field.nullable() ? 1 : 0;
    LeafColumn column = leaves.next();
    if (field.dataType() instanceof MapType) {
      LeafColumn texts = leaves.next();
      return orNull(
          field, (row, i) -> writeMap(row.getMap(i), present, column, texts), column, texts);
    }
    if (field.dataType() instanceof ArrayType list) {
      FieldWriter item = value(list.elementType(), column);
      return orNull(field, (row, i) -> writeList(row.getArray(i), present, column, item), column);
    }
    FieldWriter value = value(field.dataType(), column);
    return (row, i) -> {
      if (isNull(row, i, field)) {
        column.define(0);
      } else {
        column.define(present);
        value.write(row, i);
      }
    };
  }

  /** Writes values, and where there is none, that there is none. */
  private static FieldWriter orNull(StructField field, FieldWriter values, LeafColumn... columns) {
    return (row, i) -> {
      if (isNull(row, i, field)) {
        writeNone(0, columns);
      } else {
        values.write(row, i);
      }
    };
  }

  private static boolean isNull(SpecializedGetters row, int ordinal, StructField field) {
    boolean isNull = row.isNullAt(ordinal);
    if (isNull && !field.nullable()) {
      throw new IllegalArgumentException("Cannot write a row without its " + field.name());
    }
    return isNull;
  }

  /** Writes a value that is not null. */
  private static FieldWriter value(DataType type, LeafColumn column) {
    if (type instanceof StringType) {
      return (from, i) -> column.putText(from.getUTF8String(i));
    } else if (type instanceof BinaryType) {
      return (from, i) -> column.putText(UTF8String.fromBytes(from.getBinary(i)));
    } else if (type instanceof LongType || type instanceof TimestampType) {
      return (from, i) -> column.putLong(from.getLong(i));
    } else if (type instanceof IntegerType || type instanceof DateType) {
      return (from, i) -> column.putInt(from.getInt(i));
    } else if (type instanceof DoubleType) {
      return (from, i) -> column.putDouble(from.getDouble(i));
    } else if (type instanceof BooleanType) {
      return (from, i) -> column.putFlag(from.getBoolean(i));
    } else if (type instanceof DecimalType decimal) {
      int precision = decimal.precision();
      int scale = decimal.scale();
      return (from, i) ->
          column.putBytes(fixed(from.getDecimal(i, precision, scale).toJavaBigDecimal()));
    }
    throw new IllegalArgumentException("Cannot write a column of type " + type.simpleString());
  }

  private static void writeNone(int level, LeafColumn... columns) {
    for (LeafColumn column : columns) {
      column.define(level, 0);
    }
  }

  private static void writeList(ArrayData list, int present, LeafColumn items, FieldWriter item) {
    if (list.numElements() == 0) {
      writeNone(present, items);
    }
    for (int i = 0; i < list.numElements(); i++) {
      items.define(present + 1, i == 0 ? 0 : 1);
      item.write(list, i);
    }
  }

  /** Texts by sorted key. */
  private static void writeMap(MapData map, int present, LeafColumn keys, LeafColumn texts) {
    if (map.numElements() == 0) {
      writeNone(present, keys, texts);
    }
    ArrayData values = map.valueArray();
    int repeated = 0;
    for (int place : InternalRows.byKey(map)) {
      keys.define(present + 1, repeated);
      keys.putText(map.keyArray().getUTF8String(place));
      boolean isNull = values.isNullAt(place);
      texts.define(present + (isNull ? 1 : 2), repeated);
      if (!isNull) {
        texts.putText(values.getUTF8String(place));
      }
      repeated = 1;
    }
  }

  private static byte[] fixed(BigDecimal number) {
    byte[] shortest = number.unscaledValue().toByteArray();
    byte[] bytes = new byte[ParquetSchema.DECIMAL_BYTES];
    Arrays.fill(bytes, (byte) (shortest[0] < 0 ? -1 : 0));
    System.arraycopy(shortest, 0, bytes, bytes.length - shortest.length, shortest.length);
    return bytes;
  }
}
