package dev.copyloop.jobs.compact;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The narrow part of a line, or of a row that a table has already: all that decides between several
 * of one identity.
 *
 * @param keyHigh with {@code keyLow} the identity: of an event its org, source and id; of a
 *     generation its org and id
 * @param day epoch day of its time
 * @param rank by what generations are ordered: when the call was answered, epoch milliseconds; of
 *     events 0
 * @param receivedAt epoch milliseconds
 * @param sha first eight bytes of the body's SHA-256
 * @param content of a generation a hash of the copy it answered; of events 0
 * @param object number of the landing object in the batch; negative: an object of an older batch
 * @param line line in that object, from 1
 * @param text of a line of the batch its call id, for generations; of a table's row what {@link
 *     ExistingRow} spells
 */
record LineKey(
    long keyHigh,
    long keyLow,
    int day,
    long rank,
    long receivedAt,
    long sha,
    long content,
    boolean existing,
    int object,
    int line,
    String text) {

  void write(DataOutput out) throws IOException {
    out.writeLong(keyHigh);
    out.writeLong(keyLow);
    out.writeInt(day);
    out.writeLong(rank);
    out.writeLong(receivedAt);
    out.writeLong(sha);
    out.writeLong(content);
    out.writeBoolean(existing);
    out.writeInt(object);
    out.writeInt(line);
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }

  static LineKey read(DataInput in) throws IOException {
    return new LineKey(
        in.readLong(),
        in.readLong(),
        in.readInt(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readBoolean(),
        in.readInt(),
        in.readInt(),
        readText(in));
  }

  private static String readText(DataInput in) throws IOException {
    byte[] utf8 = new byte[in.readInt()];
    in.readFully(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  Digests.Key identity() {
    return new Digests.Key(keyHigh, keyLow);
  }

  /** Whether it stands for the same landed line. */
  boolean isSameLine(LineKey other) {
    return object >= 0 && object == other.object && line == other.line;
  }
}
