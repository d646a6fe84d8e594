package dev.copyloop.landing.seal;

import dev.copyloop.events.digest.Digests;
import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.landing.store.ObjectDigest;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Writes one landing object, gzip NDJSON, and digests what is inside. Not thread-safe. */
final class ObjectEncoder implements AutoCloseable {
  private final OutputStream gzip;
  private final MessageDigest sha256 = Digests.newSha256();
  private long lines;

  /** Closes {@code out} with itself. */
  ObjectEncoder(OutputStream out) throws IOException {
    this.gzip = new FastGzip(out);
  }

  /** Adds a line, given without its line feed. */
  void add(byte[] bytes, int offset, int length) throws IOException {
    gzip.write(bytes, offset, length);
    gzip.write('\n');
    sha256.update(bytes, offset, length);
    sha256.update((byte) '\n');
    lines++;
  }

  /** Ends the object. */
  ObjectDigest finish() throws IOException {
    gzip.close();
    return new ObjectDigest(
        HexFormat.of().formatHex(sha256.digest()), lines, LandingLine.SCHEMA_VERSION);
  }

  @Override
  public void close() throws IOException {
    gzip.close();
  }

  /** Level 1 costs a third of the default's time and a sixth more bytes on such lines. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, 64 * 1024);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
