package dev.copyloop.jobs.inbox;

import dev.copyloop.events.digest.Digests;
import dev.copyloop.events.landing.LandingKey;
import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.events.landing.LandingLineJson;
import dev.copyloop.events.landing.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** The lines of one landing object, compressed as they come. Not thread-safe. */
final class LandingChunk {
  private final InboxFile file;
  private final long firstSequence;
  private final MessageDigest sha256 = Digests.newSha256();
  private final ByteArrayOutputStream compressed = new ByteArrayOutputStream();
  private final DigestOutputStream out;
  private long bytes;
  private long lines;

  /**
   * @param firstSequence how many rows of the file earlier objects hold
   */
  LandingChunk(InboxFile file, long firstSequence) throws IOException {
    this.file = file;
    this.firstSequence = firstSequence;
    this.out = new DigestOutputStream(new GZIPOutputStream(compressed), sha256);
  }

  void add(LandingLine line) throws IOException {
    byte[] json = LandingLineJson.write(line);
    out.write(json);
    out.write('\n');
    bytes += json.length + 1L;
    lines++;
  }

  /** How many uncompressed bytes it holds. */
  long bytes() {
    return bytes;
  }

  long lines() {
    return lines;
  }

  /** What is put. */
  LandingContent content() throws IOException {
    out.close();
    String key =
        new LandingKey(
                Source.EVENTS,
                file.arrivedAt().truncatedTo(ChronoUnit.HOURS),
                file.writer(),
                1,
                firstSequence)
            .key();
    Map<String, String> metadata =
        Map.of(
            LandingContent.SHA256,
            HexFormat.of().formatHex(sha256.digest()),
            "lines",
            Long.toString(lines),
            "schema",
            Integer.toString(LandingLine.SCHEMA_VERSION));
    return new LandingContent(key, compressed.toByteArray(), metadata);
  }
}
