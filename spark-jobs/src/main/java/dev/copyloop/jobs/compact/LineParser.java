package dev.copyloop.jobs.compact;

import dev.copyloop.events.custom.CustomEvent;
import dev.copyloop.events.custom.CustomEventJson;
import dev.copyloop.events.customerio.ReportingEvent;
import dev.copyloop.events.customerio.ReportingEventJson;
import dev.copyloop.events.customerio.ReportingMember;
import dev.copyloop.events.generation.GenerationRecord;
import dev.copyloop.events.generation.GenerationRecordJson;
import dev.copyloop.events.json.JsonReader;
import dev.copyloop.events.lake.InvalidEventException;
import dev.copyloop.events.lake.QuarantineReason;
import dev.copyloop.events.landing.LandedBody;
import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.events.landing.LandingLineJson;
import dev.copyloop.events.landing.Source;
import dev.copyloop.events.landing.Verification;
import dev.copyloop.events.time.EventTime;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Turns a landed line's bytes into what it is. Pure: the same bytes give the same answer. */
final class LineParser {
  private static final Map<Source, JsonReader<?>> BODIES =
      new EnumMap<>(
          Map.<Source, JsonReader<?>>of(
              Source.GENERATE, GenerationRecordJson::read,
              Source.CIO, ReportingEventJson::read,
              Source.EVENTS, CustomEventJson::read));

  private LineParser() {}

  /** Parses a line of an object of that source. */
  static ParsedLine parse(Source source, byte[] bytes) {
    return parse(source, bytes, Optional.empty());
  }

  /**
   * The same of a line that was set aside.
   *
   * @param verifiedBy the workspace whose key verifies it by now
   */
  static ParsedLine parse(Source source, byte[] bytes, Optional<String> verifiedBy) {
    try {
      LandingLineJson.Read<?> read = LandingLineJson.read(bytes, BODIES.get(source));
      return parse(source, read.line(), read.value(), verifiedBy);
    } catch (IOException | RuntimeException e) {
      return parseInParts(source, bytes, verifiedBy);
    }
  }

  /** Parses a line of which something can't be read: what, is told by reading part after part. */
  private static ParsedLine parseInParts(Source source, byte[] bytes, Optional<String> verifiedBy) {
    LandingLine line;
    try {
      line = LandingLineJson.read(bytes);
    } catch (IOException | RuntimeException e) {
      // Whatever a damaged line makes the reader stumble over, it is the line's fault.
      return new ParsedLine.Quarantined(
          Optional.empty(), QuarantineReason.INVALID_ENVELOPE, detail(e));
    }
    return parse(source, line, Optional.empty(), verifiedBy);
  }

  private static ParsedLine parse(
      Source source, LandingLine line, Optional<?> body, Optional<String> verifiedBy) {
    if (line.source() != source) {
      return quarantined(
          line, QuarantineReason.INVALID_ENVELOPE, "Of another source than its object");
    }
    return parse(verifiedBy.map(workspace -> verified(line, workspace)).orElse(line), body);
  }

  private static LandingLine verified(LandingLine line, String workspace) {
    return new LandingLine(
        line.eventId(),
        line.org(),
        line.source(),
        line.receivedAtMillis(),
        Verification.VERIFIED,
        Optional.of(workspace),
        line.headers(),
        line.body());
  }

  /**
   * Parses a line.
   *
   * @param body what it is, if that was read
   */
  private static ParsedLine parse(LandingLine line, Optional<?> body) {
    if (line.verification() == Verification.UNVERIFIED) {
      return quarantined(line, QuarantineReason.UNVERIFIED, "No signing key made its signature");
    }
    if (line.body() instanceof LandedBody.Truncated truncated) {
      return quarantined(
          line, QuarantineReason.OVERSIZE_BODY, "Body of " + truncated.length() + " bytes");
    }
    try {
      return switch (line.source()) {
        case GENERATE -> generation(line, body);
        case CIO -> reporting(line, body);
        case EVENTS -> custom(line, body);
      };
    } catch (InvalidEventException e) {
      return quarantined(line, e.reason(), e.getMessage());
    } catch (IOException | RuntimeException e) {
      // As above: one body must not end the night of all.
      return quarantined(line, fallbackReason(line.source()), e.getClass().getSimpleName());
    }
  }

  private static QuarantineReason fallbackReason(Source source) {
    return source == Source.GENERATE
        ? QuarantineReason.INVALID_GENERATION
        : QuarantineReason.NOT_JSON;
  }

  private static ParsedLine generation(LandingLine line, Optional<?> body) throws IOException {
    GenerationRecord generation =
        body.isPresent()
            ? (GenerationRecord) body.get()
            : GenerationRecordJson.read(line.body().bytes());
    if (!generation.org().equals(line.org())) {
      throw new InvalidEventException(
          QuarantineReason.INVALID_GENERATION, "Of another org than its envelope");
    }
    requirePlausible(generation.occurredAtMillis(), line);
    return new ParsedLine.Generation(line, generation);
  }

  private static ParsedLine reporting(LandingLine line, Optional<?> body) throws IOException {
    ReportingEvent event =
        body.isPresent()
            ? (ReportingEvent) body.get()
            : ReportingEventJson.read(line.body().bytes());
    String timestamp =
        event
            .text(ReportingMember.TIMESTAMP)
            .orElseThrow(
                () -> new InvalidEventException(QuarantineReason.INVALID_TIME, "No timestamp"));
    return new ParsedLine.Reporting(
        line, occurredAt(line, timestamp, EventTime::parseNumber), event);
  }

  private static ParsedLine custom(LandingLine line, Optional<?> body) throws IOException {
    CustomEvent event =
        body.isPresent() ? (CustomEvent) body.get() : CustomEventJson.read(line.body().bytes());
    return new ParsedLine.Custom(
        line, occurredAt(line, event.timestamp(), EventTime::parse), event);
  }

  /** Reads a time by the rule of its source. */
  private interface TimeRule {
    long parse(String text);
  }

  private static long occurredAt(LandingLine line, String text, TimeRule rule)
      throws InvalidEventException {
    long millis;
    try {
      millis = rule.parse(text);
    } catch (DateTimeException e) {
      throw new InvalidEventException(
          QuarantineReason.INVALID_TIME, "Timestamp is no time that is understood", e);
    }
    requirePlausible(millis, line);
    return millis;
  }

  private static void requirePlausible(long occurredAtMillis, LandingLine line)
      throws InvalidEventException {
    if (!EventTime.isPlausible(occurredAtMillis, line.receivedAtMillis())) {
      throw new InvalidEventException(
          QuarantineReason.TIME_OUT_OF_RANGE,
          "Time %d of an event that arrived at %d"
              .formatted(occurredAtMillis, line.receivedAtMillis()));
    }
  }

  private static ParsedLine quarantined(LandingLine line, QuarantineReason reason, String detail) {
    return new ParsedLine.Quarantined(Optional.of(line), reason, detail);
  }

  private static String detail(Exception failure) {
    String message = failure.getMessage();
    return message != null && message.startsWith("Invalid landing line")
        ? message
        : "Invalid landing line: " + failure.getClass().getSimpleName();
  }
}
