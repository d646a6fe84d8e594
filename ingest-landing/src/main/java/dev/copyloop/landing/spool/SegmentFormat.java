package dev.copyloop.landing.spool;

import dev.copyloop.events.landing.Source;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The bytes of a segment file, big-endian.
 *
 * <p>Header, {@value #HEADER_BYTES} bytes: {@code "COPYSPOL"}, version (int), writer (2 longs),
 * epoch, first sequence, hour in epoch milliseconds (longs), CRC32C of all that (int).
 *
 * <p>Record: payload length (int), sequence (long), received (long, epoch milliseconds), source
 * (byte), CRC32C (int) of those and the payload, payload: one NDJSON line without its line feed. A
 * payload has no byte below 0x20, so no payload can hold what looks like a record.
 *
 * <p>After the last record the file may be filled up with zeros.
 */
final class SegmentFormat {
  static final int VERSION = 1;
  static final int HEADER_BYTES = 56;
  static final int RECORD_HEADER_BYTES = 25;
  static final int MAX_PAYLOAD_BYTES = 64 * 1024 * 1024;

  private static final int SEQUENCE = 4;
  private static final int RECEIVED = 12;
  private static final int SOURCE = 20;
  private static final int CHECKED_RECORD_BYTES = RECORD_HEADER_BYTES - Integer.BYTES;
  private static final long MAGIC = 0x434F505953504F4CL;

  private SegmentFormat() {}

  static byte[] header(UUID writer, SegmentName name) {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    header.putLong(MAGIC).putInt(VERSION);
    header.putLong(writer.getMostSignificantBits()).putLong(writer.getLeastSignificantBits());
    header.putLong(name.epoch()).putLong(name.firstSequence()).putLong(name.hour().toEpochMilli());
    CRC32C crc = new CRC32C();
    crc.update(header.array(), 0, header.position());
    return header.putInt((int) crc.getValue()).array();
  }

  /**
   * The version of an intact header; empty if it is damaged, which costs nothing, since it repeats
   * what the file's name says.
   */
  static OptionalInt version(ByteBuffer header) {
    CRC32C crc = new CRC32C();
    crc.update(header.slice(0, HEADER_BYTES - Integer.BYTES));
    boolean intact =
        header.getLong(0) == MAGIC
            && header.getInt(HEADER_BYTES - Integer.BYTES) == (int) crc.getValue();
    return intact ? OptionalInt.of(header.getInt(Long.BYTES)) : OptionalInt.empty();
  }

  /** Fills in a record's header, for a payload that lies in {@code bytes}. */
  static void recordHeader(
      ByteBuffer header,
      long sequence,
      long receivedMillis,
      Source source,
      byte[] bytes,
      int offset,
      int length,
      CRC32C crc) {
    header.clear();
    header.putInt(length).putLong(sequence).putLong(receivedMillis);
    header.put(code(source)).flip();
    crc.reset();
    crc.update(header);
    crc.update(bytes, offset, length);
    header.limit(RECORD_HEADER_BYTES).putInt((int) crc.getValue());
  }

  /**
   * Whether what lies at that place can be the header of a record; its payload is not looked at.
   */
  static boolean isPlausible(ByteBuffer buffer, int at, long leastSequence) {
    int length = buffer.getInt(at);
    long sequence = sequence(buffer, at);
    return length > 0
        && length <= MAX_PAYLOAD_BYTES
        && sequence >= leastSequence
        && source(buffer, at) != null;
  }

  /** Whether the record at that place is as it was written; it lies in the buffer wholly. */
  static boolean isIntact(ByteBuffer buffer, int at, CRC32C crc) {
    crc.reset();
    crc.update(buffer.slice(at, CHECKED_RECORD_BYTES));
    crc.update(buffer.slice(at + RECORD_HEADER_BYTES, length(buffer, at)));
    return (int) crc.getValue() == buffer.getInt(at + CHECKED_RECORD_BYTES);
  }

  static int length(ByteBuffer buffer, int at) {
    return buffer.getInt(at);
  }

  static long sequence(ByteBuffer buffer, int at) {
    return buffer.getLong(at + SEQUENCE);
  }

  static long receivedMillis(ByteBuffer buffer, int at) {
    return buffer.getLong(at + RECEIVED);
  }

  /** Null if the byte stands for no source. */
  static Source source(ByteBuffer buffer, int at) {
    return switch (buffer.get(at + SOURCE)) {
      case 1 -> Source.GENERATE;
      case 2 -> Source.CIO;
      case 3 -> Source.EVENTS;
      default -> null;
    };
  }

  private static byte code(Source source) {
    return switch (source) {
      case GENERATE -> 1;
      case CIO -> 2;
      case EVENTS -> 3;
    };
  }
}
