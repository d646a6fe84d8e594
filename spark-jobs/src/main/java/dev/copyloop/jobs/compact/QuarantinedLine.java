package dev.copyloop.jobs.compact;

import dev.copyloop.events.lake.QuarantineReason;
import dev.copyloop.events.landing.LandingLine;
import java.io.Serializable;

/**
 * A row for the quarantine.
 *
 * @param object number of the landing object in the batch
 * @param line its line; 0: the object itself
 * @param org null if the envelope could not be read; likewise the event's id
 * @param receivedAtMillis negative if unknown
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record QuarantinedLine(
    int object,
    int line,
    QuarantineReason reason,
    String detail,
    String org,
    String eventId,
    long receivedAtMillis,
    byte[] raw)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  static QuarantinedLine of(int object, int line, ParsedLine.Quarantined parsed, byte[] raw) {
    return new QuarantinedLine(
        object,
        line,
        parsed.reason(),
        parsed.detail(),
        parsed.envelope().map(LandingLine::org).orElse(null),
        parsed.envelope().map(LandingLine::eventId).orElse(null),
        parsed.envelope().map(LandingLine::receivedAtMillis).orElse(-1L),
        raw);
  }

  static QuarantinedLine damagedObject(int object, String damage, byte[] rest) {
    return new QuarantinedLine(
        object, 0, QuarantineReason.DAMAGED_OBJECT, damage, null, null, -1, rest);
  }
}
