package dev.copyloop.jobs.hash;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/**
 * One row's bytes, the same on every machine and in every release that has this encoding: each
 * value has a type mark and, where its length varies, its length, so that no two rows are spelled
 * alike. Maps go by sorted key, decimals at scale 6, times as microseconds.
 *
 * <p>Not thread-safe: one instance per task.
 */
final class CanonicalRow {

  private static final int DECIMAL_SCALE = 6;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);
  private final MessageDigest sha256 = sha256();

  /** The SHA-256 of the row's columns from {@code first} on. */
  byte[] hash(Row row, int first) {
    out.reset();
    for (int i = first; i < row.length(); i++) {
      write(row.get(i));
    }
    return sha256.digest(out.toByteArray());
  }

  private void write(Object value) {
    if (value == null) {
      out.write('n');
    } else if (value instanceof String text) {
      writeBytes('s', text.getBytes(StandardCharsets.UTF_8));
    } else if (value instanceof Long || value instanceof Integer || value instanceof Short) {
      writeLong('l', ((Number) value).longValue());
    } else if (value instanceof Boolean flag) {
      out.write(flag ? 't' : 'f');
    } else if (value instanceof Double number) {
      writeLong('d', Double.doubleToLongBits(number));
    } else if (value instanceof BigDecimal number) {
      BigDecimal fixed = number.setScale(DECIMAL_SCALE, RoundingMode.UNNECESSARY);
      writeBytes('m', fixed.unscaledValue().toByteArray());
    } else if (value instanceof byte[] bytes) {
      writeBytes('b', bytes);
    } else {
      writeTimeOrNested(value);
    }
  }

  private void writeTimeOrNested(Object value) {
    if (value instanceof Timestamp time) {
      writeTime(time.toInstant());
    } else if (value instanceof Instant time) {
      writeTime(time);
    } else if (value instanceof java.sql.Date day) {
      writeLong('y', day.toLocalDate().toEpochDay());
    } else if (value instanceof LocalDate day) {
      writeLong('y', day.toEpochDay());
    } else if (value instanceof Row row) {
      writeAll('r', row.length());
      for (int i = 0; i < row.length(); i++) {
        write(row.get(i));
      }
    } else {
      writeCollection(value);
    }
  }

  private void writeCollection(Object value) {
    if (value instanceof scala.collection.Map<?, ?> map) {
      writeMap(scala.jdk.javaapi.CollectionConverters.asJava(map));
    } else if (value instanceof scala.collection.Seq<?> items) {
      writeList(scala.jdk.javaapi.CollectionConverters.asJava(items));
    } else {
      throw new IllegalArgumentException(
          "Cannot hash a value of "
              + value.getClass()
              + ": the canonical encoding has no such type");
    }
  }

  private void writeMap(Map<?, ?> map) {
    Map<String, Object> sorted = new TreeMap<>();
    map.forEach((key, value) -> sorted.put((String) key, value));
    writeAll('p', sorted.size());
    sorted.forEach(
        (key, value) -> {
          write(key);
          write(value);
        });
  }

  private void writeList(List<?> items) {
    writeAll('a', items.size());
    items.forEach(this::write);
  }

  private void writeTime(Instant time) {
    writeLong(
        'c',
        Math.addExact(
            Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000));
  }

  private void writeAll(char mark, int size) {
    writeLong(mark, size);
  }

  private void writeBytes(char mark, byte[] bytes) {
    writeLong(mark, bytes.length);
    out.writeBytes(bytes);
  }

  private void writeLong(char mark, long value) {
    out.write(mark);
    for (int shift = 56; shift >= 0; shift -= 8) {
      out.write((int) (value >>> shift));
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
