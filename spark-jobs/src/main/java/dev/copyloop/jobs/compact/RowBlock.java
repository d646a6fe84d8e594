package dev.copyloop.jobs.compact;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.apache.spark.SparkEnv;
import org.apache.spark.io.CompressionCodec;

/**
 * Rows that lines of one landing object bring if nothing was decided against them.
 *
 * @param object its number in the batch
 * @param key its key
 * @param compressed what {@link PackedLineRows} wrote, compressed as Spark compresses what it
 *     shuffles
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record RowBlock(int object, String key, byte[] compressed) implements Indexed {
  private static final long serialVersionUID = 1L;

  /** A block of packed rows of an object, made in a task. */
  static RowBlock of(LandingObject object, byte[] rows) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(rows.length / 2);
    try (OutputStream out = codec().compressedOutputStream(bytes)) {
      out.write(rows);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot compress rows in memory", e);
    }
    return new RowBlock(object.number(), object.key(), bytes.toByteArray());
  }

  /** The packed rows, in a task. */
  byte[] rows() {
    try (InputStream in = codec().compressedInputStream(new ByteArrayInputStream(compressed))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read compressed rows of " + key, e);
    }
  }

  private static CompressionCodec codec() {
    return CompressionCodec.createCodec(SparkEnv.get().conf());
  }
}
