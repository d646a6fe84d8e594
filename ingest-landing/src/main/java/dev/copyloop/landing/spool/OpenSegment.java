package dev.copyloop.landing.spool;

import dev.copyloop.events.landing.Source;
import dev.copyloop.landing.spool.SegmentPreparer.PreparedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The segment that lines are being appended to. Not thread-safe.
 *
 * <p>After an exception it must be closed: what the file holds beyond {@link #durableBytes} is then
 * not known.
 */
public final class OpenSegment implements AutoCloseable {
  /** The longest line that is found again in its file. */
  public static final int MAX_LINE_BYTES = SegmentFormat.MAX_PAYLOAD_BYTES;

  private final SegmentName name;
  private final FileChannel channel;
  private final ByteBuffer buffer;
  private final ByteBuffer recordHeader = ByteBuffer.allocate(SegmentFormat.RECORD_HEADER_BYTES);
  private final CRC32C crc = new CRC32C();
  private final long preparedBytes;
  private long position;
  private long durableBytes;
  private long nextSequence;
  private long durableSequence;
  private long firstReceivedMillis = Long.MAX_VALUE;
  private long lastReceivedMillis;

  private OpenSegment(
      SegmentName name, FileChannel channel, long preparedBytes, ByteBuffer buffer) {
    this.name = name;
    this.channel = channel;
    this.preparedBytes = preparedBytes;
    this.buffer = buffer;
    this.nextSequence = name.firstSequence();
    this.durableSequence = nextSequence;
  }

  /**
   * Creates its file, durably; a prepared one, if there is one.
   *
   * @param buffer scratch space, the caller's again when the segment is closed
   */
  public static OpenSegment create(
      SpoolDirectory spool, SegmentName name, SegmentPreparer preparer, ByteBuffer buffer)
      throws IOException {
    Optional<PreparedFile> prepared = preparer.take();
    return prepared.isPresent()
        ? create(spool, name, prepared.get(), buffer)
        : create(spool, name, buffer);
  }

  static OpenSegment create(
      SpoolDirectory spool, SegmentName name, PreparedFile prepared, ByteBuffer buffer)
      throws IOException {
    try {
      spool.renameToOpen(prepared.file(), name);
    } catch (IOException e) {
      prepared.discard();
      throw e;
    }
    return begin(spool, name, prepared.channel(), prepared.bytes(), buffer);
  }

  static OpenSegment create(SpoolDirectory spool, SegmentName name, ByteBuffer buffer)
      throws IOException {
    return begin(spool, name, spool.createOpen(name), 0, buffer);
  }

  private static OpenSegment begin(
      SpoolDirectory spool,
      SegmentName name,
      FileChannel channel,
      long preparedBytes,
      ByteBuffer buffer)
      throws IOException {
    OpenSegment segment = new OpenSegment(name, channel, preparedBytes, buffer.clear());
    try {
      segment.put(SegmentFormat.header(spool.writer(), name), 0, SegmentFormat.HEADER_BYTES);
      segment.write();
      segment.channel.force(true);
      spool.sync();
      segment.durableBytes = segment.position;
      return segment;
    } catch (IOException e) {
      segment.closeQuietly(e);
      throw e;
    }
  }

  /** Appends the line that lies there; it is durable only after {@link #sync}. */
  public void append(Source source, byte[] bytes, int offset, int length, long receivedMillis)
      throws IOException {
    SegmentFormat.recordHeader(
        recordHeader, nextSequence, receivedMillis, source, bytes, offset, length, crc);
    put(recordHeader.array(), 0, SegmentFormat.RECORD_HEADER_BYTES);
    put(bytes, offset, length);
    nextSequence++;
    firstReceivedMillis = Math.min(firstReceivedMillis, receivedMillis);
    lastReceivedMillis = receivedMillis;
  }

  private void put(byte[] bytes, int offset, int length) throws IOException {
    int end = offset + length;
    for (int from = offset; from < end; ) {
      if (!buffer.hasRemaining()) {
        write();
      }
      int count = Math.min(end - from, buffer.remaining());
      buffer.put(bytes, from, count);
      from += count;
    }
  }

  private void write() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      position += channel.write(buffer, position);
    }
    buffer.clear();
  }

  /** Has the disk hold so many zeros behind the last line, so that there is room for lines. */
  public void reserve(int bytes) throws IOException {
    buffer.clear();
    while (buffer.hasRemaining()) {
      buffer.putLong(0);
    }
    for (long at = position; at < position + bytes; ) {
      buffer.position(0).limit((int) Math.min(buffer.capacity(), position + bytes - at));
      at += channel.write(buffer, at);
    }
    buffer.clear();
    channel.force(false);
  }

  /** Makes every appended line durable. */
  public void sync() throws IOException {
    write();
    channel.force(false);
    durableBytes = position;
    durableSequence = nextSequence;
  }

  /** Its identity. */
  public SegmentName name() {
    return name;
  }

  /** Bytes of its file that are durable, header included. */
  public long durableBytes() {
    return durableBytes;
  }

  /** Whether its file grows with each line, as none was prepared for so many. */
  public boolean grows() {
    return position > preparedBytes;
  }

  /** The sequence of the line that follows the last one appended. */
  public long nextSequence() {
    return nextSequence;
  }

  /** Whether it holds a durable line. */
  public boolean hasDurableLines() {
    return durableSequence > name.firstSequence();
  }

  /** What it is once it takes no more lines: its durable part. */
  public Segment asClosed() {
    return new Segment(name, durableBytes, firstReceivedMillis, lastReceivedMillis);
  }

  private void closeQuietly(IOException cause) {
    try {
      channel.close();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
