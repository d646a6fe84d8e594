package dev.copyloop.jobs.attribute.row;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.Platform;

/**
 * Spark's rows without their gaps, about half as long: a column that is null takes no word, one
 * that is short no whole one, and a text stands behind its length. Immutable.
 *
 * <p>A row is the length of what follows, four bytes; its bits of columns that are null, as Spark
 * has them; then of every other column its value, or the length of its bytes, which takes one byte
 * or five, and those. All numbers are of the machine's own byte order: rows never leave a night.
 */
final class TightRows implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Before each row: how long it is. */
  static final int HEADER = Integer.BYTES;

  /** What stands for the length of as many bytes and more. */
  private static final int LONG = 0xFF;

  /** Of a column whose values are of any length. */
  private static final int ANY = 0;

  /** Bytes of a column's values. */
  private final int[] widths;

  /** Of the bits of columns that are null. */
  private final int bitBytes;

  TightRows(StructType schema) {
    widths =
        Arrays.stream(schema.fields())
            .map(StructField::dataType)
            .mapToInt(TightRows::width)
            .toArray();
    bitBytes = UnsafeRow.calculateBitSetWidthInBytes(widths.length);
  }

  private static int width(DataType type) {
    if (!UnsafeRow.isFixedLength(type)) {
      return ANY;
    } else if (type instanceof BooleanType) {
      return Byte.BYTES;
    } else if (type instanceof IntegerType || type instanceof DateType) {
      return Integer.BYTES;
    }
    return Long.BYTES;
  }

  /** The most bytes that a row takes. */
  static int mostBytes(UnsafeRow row) {
    return HEADER + row.getSizeInBytes();
  }

  /** Writes a row where there is room for {@link #mostBytes}, and tells where it ends. */
  int write(UnsafeRow row, byte[] out, int start) {
    UnsafeRow inArray = row.getBaseObject() instanceof byte[] ? row : row.copy();
    byte[] in = (byte[]) inArray.getBaseObject();
    int base = (int) (inArray.getBaseOffset() - Platform.BYTE_ARRAY_OFFSET);
    int end = start + HEADER;
    System.arraycopy(in, base, out, end, bitBytes);
    end += bitBytes;
    for (int column = 0; column < widths.length; column++) {
      if (!inArray.isNullAt(column)) {
        long word = inArray.getLong(column);
        end =
            widths[column] == ANY
                ? writeBytes(in, base + (int) (word >>> Integer.SIZE), (int) word, out, end)
                : writeFixed(word, widths[column], out, end);
      }
    }
    putInt(out, start, end - start - HEADER);
    return end;
  }

  private static int writeFixed(long word, int width, byte[] out, int at) {
    if (width == Long.BYTES) {
      putLong(out, at, word);
    } else if (width == Integer.BYTES) {
      putInt(out, at, (int) word);
    } else {
      out[at] = (byte) word;
    }
    return at + width;
  }

  private static int writeBytes(byte[] in, int from, int length, byte[] out, int at) {
    int start = at + 1;
    if (length < LONG) {
      out[at] = (byte) length;
    } else {
      out[at] = (byte) LONG;
      putInt(out, start, length);
      start += Integer.BYTES;
    }
    System.arraycopy(in, from, out, start, length);
    return start + length;
  }

  /** Where the row after the one that begins here begins. */
  static int next(byte[] rows, int start) {
    return start + HEADER + Platform.getInt(rows, offset(start));
  }

  /** The first column of the row that begins here, a bigint that is not null. */
  long first(byte[] rows, int start) {
    return Platform.getLong(rows, offset(start + HEADER + bitBytes));
  }

  /** Makes rows of Spark's of tight ones. */
  Reader reader() {
    return new Reader();
  }

  /** Makes one row after the other, all of them one object. Not thread-safe. */
  final class Reader {
    private final UnsafeRow row = new UnsafeRow(widths.length);
    private final int fixedBytes = bitBytes + Long.BYTES * widths.length;
    private byte[] bytes = new byte[2 * fixedBytes];
    private int end;

    /** The row that begins here; valid until the next is read. */
    UnsafeRow read(byte[] in, int start) {
      int at = start + HEADER;
      reserve(2 * fixedBytes + Platform.getInt(in, offset(start)));
      Arrays.fill(bytes, bitBytes, fixedBytes, (byte) 0);
      System.arraycopy(in, at, bytes, 0, bitBytes);
      row.pointTo(bytes, fixedBytes);
      at += bitBytes;
      end = fixedBytes;
      for (int column = 0; column < widths.length; column++) {
        if (!row.isNullAt(column)) {
          int word = bitBytes + Long.BYTES * column;
          at = widths[column] == ANY ? readBytes(in, at, word) : readFixed(in, at, column, word);
        }
      }
      row.pointTo(bytes, end);
      return row;
    }

    private void reserve(int length) {
      if (bytes.length < length) {
        bytes = new byte[2 * length];
      }
    }

    private int readFixed(byte[] in, int at, int column, int word) {
      int width = widths[column];
      if (width == Long.BYTES) {
        putLong(bytes, word, Platform.getLong(in, offset(at)));
      } else if (width == Integer.BYTES) {
        putInt(bytes, word, Platform.getInt(in, offset(at)));
      } else {
        bytes[word] = in[at];
      }
      return at + width;
    }

    private int readBytes(byte[] in, int at, int word) {
      int start = at + 1;
      int length = in[at] & LONG;
      if (length == LONG) {
        length = Platform.getInt(in, offset(start));
        start += Integer.BYTES;
      }
      putLong(bytes, word, (long) end << Integer.SIZE | length);
      int aligned = (length + Long.BYTES - 1) & -Long.BYTES;
      if (aligned != length) {
        putLong(bytes, end + aligned - Long.BYTES, 0);
      }
      System.arraycopy(in, start, bytes, end, length);
      end += aligned;
      return start + length;
    }
  }

  private static long offset(int at) {
    return (long) Platform.BYTE_ARRAY_OFFSET + at;
  }

  private static void putInt(byte[] out, int at, int value) {
    Platform.putInt(out, offset(at), value);
  }

  private static void putLong(byte[] out, int at, long value) {
    Platform.putLong(out, offset(at), value);
  }
}
