package dev.copyloop.jobs.compact;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Rows of a schema as bytes, each with the number of its line: half as long as Spark's own, since a
 * column that is null takes one bit. Immutable.
 *
 * <p>A row is the length of what follows, its line, a bit for each column that is not null, and
 * those columns' values by their {@link PackedForm}.
 */
final class PackedLineRows {
  private final PackedForm[] forms;

  /** Of a schema with at most 64 columns. */
  PackedLineRows(StructType schema) {
    StructField[] columns = schema.fields();
    if (columns.length > Long.SIZE) {
      throw new IllegalArgumentException("Rows of over 64 columns are not packed: " + schema.sql());
    }
    forms =
        Arrays.stream(columns)
            .map(column -> PackedForm.of(column.dataType()))
            .toArray(PackedForm[]::new);
  }

  /** Puts the row of a line, its values by column as Spark keeps them, behind others. */
  void write(int line, Object[] values, PackedBytes out) {
    int start = out.size();
    out.putInt(0);
    out.putInt(line);
    long present = present(values);
    out.putLong(present);
    for (long left = present; left != 0; left &= left - 1) {
      int i = Long.numberOfTrailingZeros(left);
      forms[i].write(values[i], out);
    }
    out.putInt(start, out.size() - start - Integer.BYTES);
  }

  private static long present(Object[] values) {
    long present = 0;
    for (int i = 0; i < values.length; i++) {
      if (values[i] != null) {
        present |= 1L << i;
      }
    }
    return present;
  }

  /** Goes through packed rows. */
  Cursor read(byte[] rows) {
    return new Cursor(rows);
  }

  /** Walks over packed rows. Not thread-safe. */
  final class Cursor {
    private final ByteBuffer in;
    private int end;
    private int line;

    private Cursor(byte[] rows) {
      in = ByteBuffer.wrap(rows);
    }

    /** Goes on to the next row, if there is one, whether or not this one was read. */
    boolean advance() {
      in.position(end);
      if (!in.hasRemaining()) {
        return false;
      }
      int length = in.getInt();
      end = in.position() + length;
      line = in.getInt();
      return true;
    }

    /** The row's line. */
    int line() {
      return line;
    }

    /** The row's values by column, at most once; its texts are parts of the packed bytes. */
    Object[] values() {
      Object[] values = new Object[forms.length];
      for (long left = in.getLong(); left != 0; left &= left - 1) {
        int i = Long.numberOfTrailingZeros(left);
        values[i] = forms[i].read(in);
      }
      return values;
    }
  }
}
