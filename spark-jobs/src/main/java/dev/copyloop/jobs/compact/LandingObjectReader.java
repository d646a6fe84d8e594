package dev.copyloop.jobs.compact;

import dev.copyloop.events.digest.Digests;
import dev.copyloop.jobs.run.GzipMembers;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.ZipException;

/**
 * Reads a landing object line by line, as far as it can be read. Damage ends the lines, it is no
 * error: Spark's own text reader either fails on it or drops rows without a word. Not thread-safe.
 */
final class LandingObjectReader implements AutoCloseable {
  private static final int BUFFER = 64 * 1024;
  private static final int MAX_LINE = 64 * 1024 * 1024;

  private final InputStream compressed;
  private final MessageDigest sha256 = Digests.newSha256();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final byte[] buffer = new byte[BUFFER];
  private InputStream uncompressed;
  private int position;
  private int limit;
  private int lines;
  private boolean ended;
  private Optional<String> damage = Optional.empty();

  /** Reads the object's bytes, and closes them with itself. */
  LandingObjectReader(InputStream compressed) {
    this.compressed = compressed;
  }

  /**
   * How the reading ended.
   *
   * @param sha256 of the uncompressed bytes read, lower-case hex
   * @param damage what is wrong with the object; empty: it was read to its end
   * @param rest the beginning of the line at which a damaged object ends
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  record Ending(int lines, String sha256, Optional<String> damage, byte[] rest) {}

  /**
   * The next line without its line feed, or null after the last one that can be read.
   *
   * @throws IOException if the storage fails, which a retry may mend; never for damaged content
   */
  byte[] next() throws IOException {
    while (!ended) {
      int end = LineFeeds.next(buffer, position, limit);
      if (end < limit) {
        int start = position;
        position = end + 1;
        return line.size() == 0 ? whole(start, end) : joined(start, end);
      }
      line.write(buffer, position, limit - position);
      fill();
    }
    boolean unterminated = damage.isEmpty() && line.size() > 0;
    return unterminated ? joined(0, 0) : null;
  }

  /** A line that lies in the buffer, as most do. */
  private byte[] whole(int start, int end) {
    lines++;
    return Arrays.copyOfRange(buffer, start, end);
  }

  private byte[] joined(int start, int end) {
    lines++;
    line.write(buffer, start, end - start);
    byte[] bytes = line.toByteArray();
    line.reset();
    return bytes;
  }

  private void fill() throws IOException {
    position = 0;
    limit = 0;
    if (line.size() > MAX_LINE) {
      end("A line over 64 MiB");
      return;
    }
    try {
      if (uncompressed == null) {
        uncompressed = GzipMembers.open(compressed, BUFFER);
      }
      int count = uncompressed.read(buffer);
      if (count < 0) {
        ended = true;
      } else {
        limit = count;
        sha256.update(buffer, 0, limit);
      }
    } catch (EOFException e) {
      end("Ends early");
    } catch (ZipException e) {
      end("Not gzip: " + e.getMessage());
    }
  }

  private void end(String problem) {
    ended = true;
    damage = Optional.of("%s, after %d lines".formatted(problem, lines));
  }

  /** How it ended, once there are no more lines. */
  Ending ending() {
    String sha = HexFormat.of().formatHex(sha256.digest());
    return new Ending(lines, sha, damage, line.toByteArray());
  }

  /** How many lines were returned: the number of the last one, from 1. */
  int lines() {
    return lines;
  }

  @Override
  public void close() throws IOException {
    if (uncompressed != null) {
      uncompressed.close();
    }
    compressed.close();
  }
}
