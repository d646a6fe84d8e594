package dev.copyloop.jobs.compact;

import dev.copyloop.events.generation.GenerationRecord;
import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.jobs.lake.InternalRows;
import java.nio.ByteBuffer;

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

  /** Bytes before the text. */
  private static final int NUMBERS = 6 * Long.BYTES + 3 * Integer.BYTES + 1;

  /** The key of a line of the batch. */
  static LineKey of(ParsedLine.Good good, LineDigests digests, int object, int line) {
    LandingLine envelope = good.envelope();
    Digests.Key key = digests.identity();
    int day = ObjectIndexer.epochDay(good.occurredAtMillis());
    long sha = Digests.prefix(digests.body());
    if (good instanceof ParsedLine.Generation parsed) {
      GenerationRecord generation = parsed.generation();
      return new LineKey(
          key.high(),
          key.low(),
          day,
          generation.decidedAtMillis(),
          envelope.receivedAtMillis(),
          sha,
          LineDigests.content(generation.copyId()),
          false,
          object,
          line,
          generation.callId());
    }
    return new LineKey(
        key.high(),
        key.low(),
        day,
        0,
        envelope.receivedAtMillis(),
        sha,
        0,
        false,
        object,
        line,
        "");
  }

  void write(PackedBytes out) {
    out.putLong(keyHigh);
    out.putLong(keyLow);
    out.putInt(day);
    out.putLong(rank);
    out.putLong(receivedAt);
    out.putLong(sha);
    out.putLong(content);
    out.putByte(existing ? 1 : 0);
    out.putInt(object);
    out.putInt(line);
    out.putText(InternalRows.text(text));
  }

  static LineKey read(ByteBuffer in) {
    return new LineKey(
        in.getLong(),
        in.getLong(),
        in.getInt(),
        in.getLong(),
        in.getLong(),
        in.getLong(),
        in.getLong(),
        in.get() != 0,
        in.getInt(),
        in.getInt(),
        PackedBytes.text(in).toString());
  }

  /** The {@code keyHigh} of the next key, which stays the next one. */
  static long high(ByteBuffer in) {
    return in.getLong(in.position());
  }

  /** Goes on behind the next key. */
  static void pass(ByteBuffer in) {
    in.position(in.position() + NUMBERS);
    PackedBytes.passText(in);
  }

  Digests.Key identity() {
    return new Digests.Key(keyHigh, keyLow);
  }

  /** Whether it stands for the same landed line. */
  boolean isSameLine(LineKey other) {
    return object >= 0 && object == other.object && line == other.line;
  }
}
