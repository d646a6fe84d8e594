package dev.copyloop.jobs.compact;

import dev.copyloop.events.generation.GenerationRecord;
import dev.copyloop.events.landing.LandingLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the tables must hold after some lines have landed, however: small, slow and obvious. Only
 * for lines that belong into no quarantine.
 */
final class Model {
  private Model() {}

  /** Rows of events, canonically. */
  static List<String> events(List<LandingLine> lines) {
    Map<String, LandingLine> winners = new TreeMap<>();
    Comparator<LandingLine> order =
        Comparator.comparingLong(LandingLine::receivedAtMillis).thenComparing(Model::sha);
    for (LandingLine line : lines) {
      if (LineParser.parse(line.source(), bytes(line)) instanceof ParsedLine.Generation) {
        continue;
      }
      String key = day(line) + " " + line.source().label() + " " + line.eventId();
      winners.merge(key, line, (a, b) -> order.compare(a, b) <= 0 ? a : b);
    }
    List<String> rows = new ArrayList<>();
    winners.forEach(
        (key, line) ->
            rows.add(key + " " + Instant.ofEpochMilli(line.receivedAtMillis()) + " " + sha(line)));
    return sorted(rows);
  }

  /** Rows of generations, canonically. */
  static List<String> generations(List<LandingLine> lines) {
    Map<String, List<LandingLine>> calls = new TreeMap<>();
    for (LandingLine line : lines) {
      if (LineParser.parse(line.source(), bytes(line)) instanceof ParsedLine.Generation call) {
        calls.computeIfAbsent(call.generation().generationId(), id -> new ArrayList<>()).add(line);
      }
    }
    List<String> rows = new ArrayList<>();
    calls.forEach((id, each) -> rows.add(generation(id, each)));
    return sorted(rows);
  }

  private static String generation(String id, List<LandingLine> calls) {
    LandingLine latest =
        calls.stream()
            .max(
                Comparator.<LandingLine>comparingLong(line -> record(line).decidedAtMillis())
                    .thenComparing(Model::sha)
                    .thenComparing(
                        Comparator.comparingLong(LandingLine::receivedAtMillis).reversed()))
            .orElseThrow();
    TreeSet<String> ids = new TreeSet<>();
    calls.forEach(call -> ids.add(record(call).callId()));
    return "%s %s %s %s %d %s %s"
        .formatted(
            day(latest),
            id,
            record(latest).copyId(),
            Instant.ofEpochMilli(latest.receivedAtMillis()),
            ids.size(),
            ids,
            sha(latest));
  }

  static List<String> sorted(List<String> rows) {
    List<String> sorted = new ArrayList<>(rows);
    sorted.sort(Comparator.naturalOrder());
    return sorted;
  }

  private static GenerationRecord record(LandingLine line) {
    return ((ParsedLine.Generation) LineParser.parse(line.source(), bytes(line))).generation();
  }

  private static String day(LandingLine line) {
    ParsedLine.Good good = (ParsedLine.Good) LineParser.parse(line.source(), bytes(line));
    return Instant.ofEpochMilli(good.occurredAtMillis()).toString().substring(0, 10);
  }

  private static byte[] bytes(LandingLine line) {
    byte[] object = Landings.ndjson(List.of(line));
    return new String(object, StandardCharsets.UTF_8).strip().getBytes(StandardCharsets.UTF_8);
  }

  private static String sha(LandingLine line) {
    try {
      return HexFormat.of()
          .formatHex(
              java.security.MessageDigest.getInstance("SHA-256").digest(line.body().bytes()));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
