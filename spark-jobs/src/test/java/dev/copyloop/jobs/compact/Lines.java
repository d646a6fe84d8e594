package dev.copyloop.jobs.compact;

import dev.copyloop.events.generation.Arm;
import dev.copyloop.events.generation.GenerationRecord;
import dev.copyloop.events.generation.GenerationRecordJson;
import dev.copyloop.events.landing.LandedBody;
import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.events.landing.Source;
import dev.copyloop.events.landing.Verification;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Landed lines for tests. */
final class Lines {
  static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  private Lines() {}

  /** A webhook's line. */
  static LandingLine webhook(String eventId, Instant received, String body) {
    return line(Source.CIO, eventId, received, Verification.VERIFIED, body);
  }

  /** A webhook of a metric that happened at that time. */
  static LandingLine webhook(String eventId, Instant received, Instant occurred, String metric) {
    return webhook(
        eventId,
        received,
        """
        {"data":{"delivery_id":"d-1","identifiers":{"id":"u-1"}},"event_id":"%s","metric":"%s","object_type":"email","timestamp":%d}"""
            .formatted(eventId, metric, occurred.getEpochSecond()));
  }

  /** A client's own event. */
  static LandingLine custom(String eventId, Instant received, String body) {
    return line(Source.EVENTS, eventId, received, Verification.VERIFIED, body);
  }

  static LandingLine line(
      Source source, String eventId, Instant received, Verification verification, String body) {
    return new LandingLine(
        eventId,
        "acme",
        source,
        received.toEpochMilli(),
        verification,
        Optional.of("production"),
        Map.of(),
        new LandedBody.Json(body.getBytes(StandardCharsets.UTF_8)));
  }

  /** A call of a generation. */
  static LandingLine call(
      String generationId, String callId, Instant received, Instant decided, String copyId) {
    return generation(record(generationId, callId, decided, decided, copyId), received);
  }

  static LandingLine generation(GenerationRecord generation, Instant received) {
    return line(
        Source.GENERATE,
        generation.callId(),
        received,
        Verification.VERIFIED,
        new String(GenerationRecordJson.write(generation), StandardCharsets.UTF_8));
  }

  static GenerationRecord record(
      String generationId, String callId, Instant decided, Instant occurred, String copyId) {
    return new GenerationRecord(
        generationId,
        callId,
        "acme",
        "welcome",
        decided.toEpochMilli(),
        occurred.toEpochMilli(),
        Optional.of("u-1"),
        Optional.of("j-1"),
        Optional.of("production"),
        Optional.of("23"),
        Optional.empty(),
        Arm.TREATMENT,
        copyId,
        Map.of("subject", "Hi {{ name }}", "body", "…"),
        Optional.of(Map.of("subject", "Hi Ann", "body", "…")),
        Map.of("plan", "pro"),
        0.5,
        "uniform",
        GenerationRecord.Draw.HASH,
        Optional.empty(),
        Optional.empty(),
        false,
        false,
        false);
  }
}
