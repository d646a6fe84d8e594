package dev.copyloop.landing.spool;

import dev.copyloop.events.landing.Source;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalInt;
import java.util.zip.CRC32C;

/**
 * Reads the lines of a segment file in order, stepping over damage: each intact record is found,
 * whatever lies before it, since each carries its own length, sequence and checksum.
 */
public final class SegmentReader implements AutoCloseable {
  private static final int WINDOW_BYTES = 1024 * 1024;

  private final FileChannel channel;
  private final long end;
  private final CRC32C crc = new CRC32C();
  private ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES);

  /** Where in the file the window starts. */
  private long windowStart;

  private long lines;
  private long nextSequence;
  private long damagedBytes;
  private long lastReceivedMillis;

  private SegmentReader(FileChannel channel, long end) {
    this.channel = channel;
    this.end = end;
    window.limit(0);
  }

  /** Takes the lines of a segment. */
  @FunctionalInterface
  public interface LineConsumer {
    /** Wants the figures only. */
    LineConsumer NONE = (source, bytes, offset, length) -> {};

    /** The line lies in {@code bytes} from {@code offset}, and only until this returns. */
    void accept(Source source, byte[] bytes, int offset, int length) throws IOException;
  }

  /**
   * What was found.
   *
   * @param lines intact ones
   * @param bytes up to the end of the last intact record
   * @param damagedBytes that are neither records nor the zeros at the end
   * @param lastReceivedMillis when the last line was received, 0 if there is none
   */
  public record Scan(long lines, long bytes, long damagedBytes, long lastReceivedMillis) {}

  /**
   * Reads a whole segment, or its first {@code limit} bytes.
   *
   * @throws IOException if the file can't be read, is of a newer version, or the consumer throws
   */
  public static Scan scan(Path file, long limit, LineConsumer consumer) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        SegmentReader reader = new SegmentReader(channel, Math.min(limit, channel.size()))) {
      reader.requireKnownVersion(file);
      return reader.scan(consumer);
    }
  }

  private void requireKnownVersion(Path file) throws IOException {
    if (end < SegmentFormat.HEADER_BYTES) {
      return;
    }
    int offset = load(0, SegmentFormat.HEADER_BYTES);
    OptionalInt version = SegmentFormat.version(window.slice(offset, SegmentFormat.HEADER_BYTES));
    if (version.isPresent() && version.getAsInt() > SegmentFormat.VERSION) {
      throw new IOException(
          "Cannot read segment %s: it is of version %d, this release reads up to %d; start the release that wrote it, or a newer one"
              .formatted(file, version.getAsInt(), SegmentFormat.VERSION));
    }
  }

  private Scan scan(LineConsumer consumer) throws IOException {
    // The header repeats what the file's name says: a damaged one costs nothing.
    long intactEnd = Math.min(SegmentFormat.HEADER_BYTES, end);
    long at;
    while ((at = nextRecord(intactEnd, nextSequence)) >= 0) {
      damagedBytes += at - intactEnd;
      int offset = (int) (at - windowStart);
      take(offset, consumer);
      intactEnd = at + SegmentFormat.RECORD_HEADER_BYTES + SegmentFormat.length(window, offset);
    }
    damagedBytes += damagedTail(intactEnd);
    return new Scan(lines, intactEnd, damagedBytes, lastReceivedMillis);
  }

  private void take(int offset, LineConsumer consumer) throws IOException {
    nextSequence = SegmentFormat.sequence(window, offset) + 1;
    lastReceivedMillis = SegmentFormat.receivedMillis(window, offset);
    lines++;
    consumer.accept(
        SegmentFormat.source(window, offset),
        window.array(),
        offset + SegmentFormat.RECORD_HEADER_BYTES,
        SegmentFormat.length(window, offset));
  }

  /** Where the first intact record at or after that place starts; negative if there is none. */
  private long nextRecord(long from, long leastSequence) throws IOException {
    for (long at = from; at + SegmentFormat.RECORD_HEADER_BYTES < end; at++) {
      int offset = load(at, SegmentFormat.RECORD_HEADER_BYTES);
      if (!SegmentFormat.isPlausible(window, offset, leastSequence)) {
        // Behind eight zeros none of the next four places starts with a length above 0.
        at += window.getLong(offset) == 0 ? Integer.BYTES : 0;
        continue;
      }
      long bytes = SegmentFormat.RECORD_HEADER_BYTES + (long) SegmentFormat.length(window, offset);
      if (at + bytes <= end) {
        offset = load(at, (int) bytes);
        if (SegmentFormat.isIntact(window, offset, crc)) {
          return at;
        }
      }
    }
    return -1;
  }

  /** How many bytes after the last record are not the zeros that fill up the file. */
  private long damagedTail(long from) throws IOException {
    long lastNonZero = from - 1;
    for (long at = from; at < end; at++) {
      if (at + Long.BYTES <= end && window.getLong(load(at, Long.BYTES)) == 0) {
        at += Long.BYTES - 1;
      } else if (window.get(load(at, 1)) != 0) {
        lastNonZero = at;
      }
    }
    return lastNonZero + 1 - from;
  }

  /** Has so many bytes from that place in the window, and returns where in it they start. */
  private int load(long at, int bytes) throws IOException {
    if (at < windowStart || at + bytes > windowStart + window.limit()) {
      if (bytes > window.capacity()) {
        window = ByteBuffer.allocate(bytes);
      }
      window.clear().limit((int) Math.min(window.capacity(), end - at));
      windowStart = at;
      while (window.hasRemaining()) {
        if (channel.read(window, at + window.position()) < 0) {
          throw new EOFException("Cannot read a segment: it was cut while being read");
        }
      }
    }
    return (int) (at - windowStart);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
