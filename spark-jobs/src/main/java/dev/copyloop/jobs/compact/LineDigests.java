package dev.copyloop.jobs.compact;

import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.jobs.lake.InternalRows;
import java.util.HexFormat;
import org.apache.spark.sql.catalyst.expressions.XXH64;

/**
 * What a line is known by.
 *
 * @param identity of its event or generation
 * @param body SHA-256 of its body
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record LineDigests(Digests.Key identity, byte[] body) {

  static LineDigests of(ParsedLine.Good line) {
    Digests.Key identity =
        line instanceof ParsedLine.Generation parsed
            ? generationKey(parsed.generation().org(), parsed.generation().generationId())
            : eventKey(line.envelope());
    return new LineDigests(identity, Digests.sha256(line.envelope().body().bytes()));
  }

  /** The body's SHA-256 in lower-case hex. */
  String bodyHex() {
    return HexFormat.of().formatHex(body);
  }

  /** The identity of a line's event. */
  static Digests.Key eventKey(LandingLine envelope) {
    return eventKey(envelope.org(), envelope.source().label(), envelope.eventId());
  }

  /** The identity of an event. */
  static Digests.Key eventKey(String org, String source, String eventId) {
    return Digests.key(org, source, eventId);
  }

  /** The identity of a generation. */
  static Digests.Key generationKey(String org, String generationId) {
    return Digests.key(org, "generate", generationId);
  }

  /** What tells whether two calls of one generation answered alike. */
  static long content(String copyId) {
    return XXH64.hashUTF8String(InternalRows.text(copyId), 0);
  }
}
