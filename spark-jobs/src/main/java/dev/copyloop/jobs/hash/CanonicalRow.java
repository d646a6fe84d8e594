package dev.copyloop.jobs.hash;

import dev.copyloop.events.digest.Digests;
import dev.copyloop.jobs.lake.InternalRows;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
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
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * One row's bytes, the same on every machine and in every release that has this encoding: each
 * value has a type mark and, where its length varies, its length, so that no two rows are spelled
 * alike. Maps go by sorted key, decimals at scale 6, times as microseconds.
 *
 * <p>Not thread-safe: one instance per task.
 */
final class CanonicalRow {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final int DECIMAL_SCALE = 6;
  private static final int SHA256_BYTES = 32;

  private final Value[] columns;
  private final MessageDigest sha256 = Digests.newSha256();
  private final byte[] hash = new byte[SHA256_BYTES];
  private byte[] out = new byte[1024];
  private int length;

  /** A column's value, or an item of a list or a map's; never null. */
  private interface Value {
    void write(SpecializedGetters from, int ordinal);
  }

  /**
   * @param columns the schema of the rows
   * @throws IllegalArgumentException if the encoding lacks one of its types
   */
  CanonicalRow(StructType columns) {
    this.columns = values(columns);
  }

  /**
   * The SHA-256 of some of a row's columns.
   *
   * @param first the first of them; all that follow are
   * @return valid until the next call
   */
  byte[] hash(SpecializedGetters row, int first) {
    length = 0;
    for (int i = first; i < columns.length; i++) {
      write(columns[i], row, i);
    }
    sha256.update(out, 0, length);
    try {
      sha256.digest(hash, 0, SHA256_BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException("A SHA-256 has 32 bytes", e);
    }
    return hash;
  }

  private void write(Value value, SpecializedGetters from, int ordinal) {
    if (from.isNullAt(ordinal)) {
      writeMark('n');
    } else {
      value.write(from, ordinal);
    }
  }

  private Value[] values(StructType columns) {
    return Arrays.stream(columns.fields())
        .map(StructField::dataType)
        .map(this::value)
        .toArray(Value[]::new);
  }

  private Value value(DataType type) {
    if (type instanceof StringType) {
      return (from, i) -> writeText(from.getUTF8String(i));
    } else if (type instanceof LongType) {
      return (from, i) -> writeLong('l', from.getLong(i));
    } else if (type instanceof IntegerType) {
      return (from, i) -> writeLong('l', from.getInt(i));
    } else if (type instanceof ShortType) {
      return (from, i) -> writeLong('l', from.getShort(i));
    } else if (type instanceof BooleanType) {
      return (from, i) -> writeMark(from.getBoolean(i) ? 't' : 'f');
    } else if (type instanceof DoubleType) {
      return (from, i) -> writeLong('d', Double.doubleToLongBits(from.getDouble(i)));
    } else if (type instanceof TimestampType) {
      return (from, i) -> writeLong('c', from.getLong(i));
    } else if (type instanceof DateType) {
      return (from, i) -> writeLong('y', from.getInt(i));
    }
    return longValue(type);
  }

  private Value longValue(DataType type) {
    if (type instanceof DecimalType decimal) {
      int precision = decimal.precision();
      int scale = decimal.scale();
      return (from, i) -> writeDecimal(from.getDecimal(i, precision, scale).toJavaBigDecimal());
    } else if (type instanceof BinaryType) {
      return (from, i) -> writeBytes('b', from.getBinary(i));
    } else if (type instanceof StructType struct) {
      return struct(values(struct));
    } else if (type instanceof MapType map && map.keyType() instanceof StringType) {
      Value item = value(map.valueType());
      return (from, i) -> writeMap(from.getMap(i), item);
    } else if (type instanceof ArrayType array) {
      Value item = value(array.elementType());
      return (from, i) -> writeList(from.getArray(i), item);
    }
    throw new IllegalArgumentException(
        "Cannot hash a value of type %s: the canonical encoding has no such type"
            .formatted(type.catalogString()));
  }

  private Value struct(Value[] fields) {
    return (from, ordinal) -> {
      SpecializedGetters row = from.getStruct(ordinal, fields.length);
      writeLong('r', fields.length);
      for (int i = 0; i < fields.length; i++) {
        write(fields[i], row, i);
      }
    };
  }

  private void writeMap(MapData map, Value item) {
    int[] entries = InternalRows.byKey(map);
    writeLong('p', entries.length);
    for (int i : entries) {
      writeText(map.keyArray().getUTF8String(i));
      write(item, map.valueArray(), i);
    }
  }

  private void writeList(ArrayData items, Value item) {
    writeLong('a', items.numElements());
    for (int i = 0; i < items.numElements(); i++) {
      write(item, items, i);
    }
  }

  private void writeDecimal(BigDecimal number) {
    BigDecimal fixed = number.setScale(DECIMAL_SCALE, RoundingMode.UNNECESSARY);
    writeBytes('m', fixed.unscaledValue().toByteArray());
  }

  private void writeText(UTF8String text) {
    int size = text.numBytes();
    writeLong('s', size);
    reserve(size);
    text.writeToMemory(out, (long) Platform.BYTE_ARRAY_OFFSET + length);
    length += size;
  }

  private void writeBytes(char mark, byte[] bytes) {
    writeLong(mark, bytes.length);
    reserve(bytes.length);
    System.arraycopy(bytes, 0, out, length, bytes.length);
    length += bytes.length;
  }

  private void writeLong(char mark, long value) {
    reserve(1 + Long.BYTES);
    out[length] = (byte) mark;
    LONG.set(out, length + 1, value);
    length += 1 + Long.BYTES;
  }

  private void writeMark(char mark) {
    reserve(1);
    out[length++] = (byte) mark;
  }

  private void reserve(int bytes) {
    if (out.length - length < bytes) {
      out = Arrays.copyOf(out, Math.max(2 * out.length, Math.addExact(length, bytes)));
    }
  }
}
