package dev.copyloop.landing.seal;

import dev.copyloop.events.digest.Digests;
import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.landing.store.ObjectDigest;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Writes one landing object, gzip NDJSON, and digests what is inside. Not thread-safe. */
final class ObjectEncoder implements AutoCloseable {
  /** Each part costs a call out of Java, whatever its length; no collection can begin in one. */
  private static final int PART_BYTES = 32 * 1024;

  private final MessageDigest sha256 = Digests.newSha256();
  private final OutputStream content;
  private long lines;

  /** Closes {@code out} with itself. */
  ObjectEncoder(OutputStream out) throws IOException {
    this.content =
        new BufferedOutputStream(new DigestOutputStream(new FastGzip(out), sha256), PART_BYTES);
  }

  /** Adds a line, given without its line feed. */
  void add(byte[] bytes, int offset, int length) throws IOException {
    content.write(bytes, offset, length);
    content.write('\n');
    lines++;
  }

  /** Ends the object. */
  ObjectDigest finish() throws IOException {
    content.close();
    return new ObjectDigest(
        HexFormat.of().formatHex(sha256.digest()), lines, LandingLine.SCHEMA_VERSION);
  }

  @Override
  public void close() throws IOException {
    content.close();
  }

  /** Level 1 costs a third of the default's time and a sixth more bytes on such lines. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, 64 * 1024);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
