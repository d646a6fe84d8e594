package dev.copyloop.jobs.compact;

import dev.copyloop.events.landing.LandingKey;
import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.events.landing.LandingLineJson;
import dev.copyloop.events.landing.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;

/** Writes landing objects into a local folder, as the landing would put them. */
final class Landings {
  private final Path folder;
  private long sequence;

  Landings(Path folder) {
    this.folder = folder;
  }

  /** Puts the lines, all of one source and one received hour, into one object. */
  String put(List<LandingLine> lines) {
    LandingLine first = lines.get(0);
    Instant hour = Instant.ofEpochMilli(first.receivedAtMillis()).truncatedTo(ChronoUnit.HOURS);
    return put(first.source(), hour, gzip(ndjson(lines)));
  }

  /** Puts bytes as an object. */
  String put(Source source, Instant hour, byte[] bytes) {
    String key = new LandingKey(source, hour, new UUID(7, 7), 1, sequence++).key();
    try {
      Path file = folder.resolve(key);
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + key, e);
    }
    return key;
  }

  static byte[] ndjson(List<LandingLine> lines) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (LandingLine line : lines) {
      out.writeBytes(LandingLineJson.write(line));
      out.write('\n');
    }
    return out.toByteArray();
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot compress to memory", e);
    }
    return out.toByteArray();
  }
}
