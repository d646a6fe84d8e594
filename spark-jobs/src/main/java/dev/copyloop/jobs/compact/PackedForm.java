package dev.copyloop.jobs.compact;

import dev.copyloop.jobs.lake.Columns;
import dev.copyloop.jobs.lake.InternalRows;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.unsafe.types.UTF8String;

/** How the values of a column, as Spark keeps them, are packed: big-endian, none of them null. */
enum PackedForm {
  INT {
    @Override
    void write(Object value, PackedBytes out) {
      out.putInt((Integer) value);
    }

    @Override
    Object read(ByteBuffer in) {
      return in.getInt();
    }
  },
  LONG {
    @Override
    void write(Object value, PackedBytes out) {
      out.putLong((Long) value);
    }

    @Override
    Object read(ByteBuffer in) {
      return in.getLong();
    }
  },
  DOUBLE {
    @Override
    void write(Object value, PackedBytes out) {
      out.putLong(Double.doubleToRawLongBits((Double) value));
    }

    @Override
    Object read(ByteBuffer in) {
      return Double.longBitsToDouble(in.getLong());
    }
  },
  FLAG {
    @Override
    void write(Object value, PackedBytes out) {
      out.putByte((Boolean) value ? 1 : 0);
    }

    @Override
    Object read(ByteBuffer in) {
      return in.get() != 0;
    }
  },
  TEXT {
    @Override
    void write(Object value, PackedBytes out) {
      out.putText((UTF8String) value);
    }

    @Override
    Object read(ByteBuffer in) {
      return PackedBytes.text(in);
    }
  },
  /** Of {@link Columns#MONEY}. */
  AMOUNT {
    @Override
    void write(Object value, PackedBytes out) {
      BigInteger unscaled = ((Decimal) value).toJavaBigDecimal().unscaledValue();
      out.putText(UTF8String.fromBytes(unscaled.toByteArray()));
    }

    @Override
    Object read(ByteBuffer in) {
      BigInteger unscaled = new BigInteger(PackedBytes.text(in).getBytes());
      return InternalRows.money(new BigDecimal(unscaled, Columns.MONEY.scale()));
    }
  },
  TEXTS {
    @Override
    void write(Object value, PackedBytes out) {
      writeTexts((ArrayData) value, out);
    }

    @Override
    Object read(ByteBuffer in) {
      return readTexts(in);
    }
  },
  TEXT_BY_TEXT {
    @Override
    void write(Object value, PackedBytes out) {
      MapData map = (MapData) value;
      writeTexts(map.keyArray(), out);
      writeTexts(map.valueArray(), out);
    }

    @Override
    Object read(ByteBuffer in) {
      return new ArrayBasedMapData(readTexts(in), readTexts(in));
    }
  };

  abstract void write(Object value, PackedBytes out);

  abstract Object read(ByteBuffer in);

  /** The form of a column's values. */
  static PackedForm of(DataType type) {
    if (type instanceof StringType) {
      return TEXT;
    } else if (type instanceof LongType || type instanceof TimestampType) {
      return LONG;
    } else if (type instanceof IntegerType || type instanceof DateType) {
      return INT;
    } else if (type instanceof BooleanType) {
      return FLAG;
    } else if (type instanceof DoubleType) {
      return DOUBLE;
    } else if (type.equals(Columns.MONEY)) {
      return AMOUNT;
    } else if (type.equals(Columns.TEXTS)) {
      return TEXT_BY_TEXT;
    } else if (type instanceof ArrayType array && array.elementType() instanceof StringType) {
      return TEXTS;
    }
    throw new IllegalArgumentException("Columns of " + type.sql() + " are not packed");
  }

  private static void writeTexts(ArrayData texts, PackedBytes out) {
    out.putInt(texts.numElements());
    for (int i = 0; i < texts.numElements(); i++) {
      out.putText(texts.getUTF8String(i));
    }
  }

  private static ArrayData readTexts(ByteBuffer in) {
    Object[] texts = new Object[in.getInt()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = PackedBytes.text(in);
    }
    return new GenericArrayData(texts);
  }
}
