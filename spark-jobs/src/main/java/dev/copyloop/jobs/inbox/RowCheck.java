package dev.copyloop.jobs.inbox;

import dev.copyloop.events.custom.CustomEvent;
import dev.copyloop.events.custom.CustomEventJson;
import dev.copyloop.events.json.StrictJson;
import dev.copyloop.events.lake.InvalidEventException;
import dev.copyloop.events.lake.QuarantineReason;
import dev.copyloop.events.landing.LandedBody;
import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.events.landing.Source;
import dev.copyloop.events.landing.Verification;
import dev.copyloop.events.time.EventTime;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.Map;
import java.util.Optional;

/** Turns the rows of one version of a file into landing lines, or says why not. Pure. */
final class RowCheck {
  private final InboxFile file;

  RowCheck(InboxFile file) {
    this.file = file;
  }

  /**
   * A row's line.
   *
   * @throws InvalidEventException if nobody could count the row; the message says why, without
   *     personal data
   */
  LandingLine line(InboxRow row) throws IOException {
    if (row.problem() != null) {
      throw new InvalidEventException(QuarantineReason.INVALID_MEMBER, row.problem());
    }
    CustomEvent event = CustomEventJson.read(row.json());
    check(event);
    return new LandingLine(
        event.eventId().orElseGet(() -> file.rowId(row.number())),
        file.org(),
        Source.EVENTS,
        file.arrivedAt().toEpochMilli(),
        Verification.VERIFIED,
        Optional.empty(),
        Map.of(),
        StrictJson.accepts(row.json())
            ? new LandedBody.Json(row.json())
            : new LandedBody.Raw(row.json()));
  }

  private void check(CustomEvent event) throws InvalidEventException {
    if (event.userId().isEmpty() && event.trackingId().isEmpty()) {
      throw new InvalidEventException(
          QuarantineReason.MISSING_MEMBER, "No user_id: nobody could be credited with it");
    }
    long occurredAt;
    try {
      occurredAt = EventTime.parse(event.timestamp());
    } catch (DateTimeException e) {
      throw new InvalidEventException(
          QuarantineReason.INVALID_TIME,
          "timestamp is no time: write unix seconds, milliseconds, or ISO 8601 with an offset",
          e);
    }
    if (!EventTime.isPlausible(occurredAt, file.arrivedAt().toEpochMilli())) {
      throw new InvalidEventException(
          QuarantineReason.TIME_OUT_OF_RANGE,
          "timestamp must lie between 2015-01-01 and an hour after the file's arrival");
    }
  }
}
