package dev.copyloop.landing.seal;

import dev.copyloop.events.landing.LandingKey;
import dev.copyloop.events.landing.Source;
import dev.copyloop.landing.store.ObjectDigest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Lines that go to the store together without a spool: one object per source. Not thread-safe.
 *
 * @param firstSequence the number of its first line, from 0 for each writer
 * @param receivedMillis of all its lines, epoch milliseconds
 * @param lines by source, each a line of NDJSON without its line feed
 */
public record Batch(long firstSequence, long receivedMillis, Map<Source, List<byte[]>> lines) {

  /** An empty one. */
  public Batch(long firstSequence, long receivedMillis) {
    this(firstSequence, receivedMillis, new EnumMap<>(Source.class));
  }

  /** Adds a line. */
  public void add(Source source, byte[] line) {
    lines.computeIfAbsent(source, any -> new ArrayList<>()).add(line);
  }

  /** How many lines it has. */
  public int size() {
    return lines.values().stream().mapToInt(List::size).sum();
  }

  /** The bytes of its lines. */
  public long bytes() {
    return lines.values().stream().flatMap(List::stream).mapToLong(line -> line.length).sum();
  }

  /** The object of one source. */
  public BatchObject render(UUID writer, long epoch, Source source) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 * 1024);
    try (ObjectEncoder encoder = new ObjectEncoder(bytes)) {
      for (byte[] line : lines.get(source)) {
        encoder.add(line, 0, line.length);
      }
      Instant hour = Instant.ofEpochMilli(receivedMillis).truncatedTo(ChronoUnit.HOURS);
      LandingKey key = new LandingKey(source, hour, writer, epoch, firstSequence);
      // The bytes are complete once the encoder has finished.
      ObjectDigest digest = encoder.finish();
      return new BatchObject(key, bytes.toByteArray(), digest);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write an object to memory", e);
    }
  }
}
