package dev.copyloop.jobs.compact;

import dev.copyloop.events.landing.LandingLine;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A made-up history of landed lines: few identities, many lines of each, around two midnights, with
 * equal times, retried calls, and lines that landed twice.
 */
final class History {
  private static final Instant START = Instant.parse("2026-03-01T22:00:00Z");

  private final Random random;

  History(long seed) {
    random = new Random(seed);
  }

  /** So many lines of all kinds. */
  List<LandingLine> lines(int count) {
    List<LandingLine> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add(
          switch (random.nextInt(5)) {
            case 0, 1 -> webhook();
            case 2 -> custom();
            case 3 -> call();
            default -> lines.isEmpty() ? call() : landedTwice(lines);
          });
    }
    return lines;
  }

  private Instant received() {
    return START.plus(Duration.ofMinutes(random.nextInt(26) * 60L)).plusMillis(random.nextInt(3));
  }

  private LandingLine webhook() {
    Instant received = received();
    Instant occurred = received.minus(Duration.ofHours(random.nextInt(3)));
    return Lines.webhook(
        "w-" + random.nextInt(8), received, occurred, random.nextBoolean() ? "sent" : "opened");
  }

  private LandingLine custom() {
    Instant received = received();
    String id = "c-" + random.nextInt(4);
    String body =
        """
        {"id":"%s","name":"purchase","timestamp":%d,"value":%d}"""
            .formatted(id, received.toEpochMilli(), random.nextInt(3));
    return Lines.custom(id, received, body);
  }

  private LandingLine call() {
    Instant received = received();
    Instant decided = received.minusSeconds(random.nextInt(2));
    return Lines.call(
        "g-" + random.nextInt(6),
        "k-" + random.nextInt(1000),
        received,
        decided,
        "copy-" + random.nextInt(2));
  }

  private LandingLine landedTwice(List<LandingLine> lines) {
    LandingLine line = lines.get(random.nextInt(lines.size()));
    return new LandingLine(
        line.eventId(),
        line.org(),
        line.source(),
        line.receivedAtMillis() + random.nextInt(2),
        line.verification(),
        line.workspace(),
        line.headers(),
        line.body());
  }

  /** The same lines, shuffled and split into objects of one source and one received hour each. */
  List<List<LandingLine>> objects(List<LandingLine> lines) {
    List<LandingLine> shuffled = new ArrayList<>(lines);
    Collections.shuffle(shuffled, random);
    int writers = 1 + random.nextInt(3);
    Map<String, List<LandingLine>> objects =
        shuffled.stream()
            .collect(
                Collectors.groupingBy(
                    line ->
                        line.source()
                            + " "
                            + Instant.ofEpochMilli(line.receivedAtMillis())
                                .truncatedTo(ChronoUnit.HOURS)
                            + " "
                            + random.nextInt(writers)));
    List<List<LandingLine>> result = new ArrayList<>(objects.values());
    Collections.shuffle(result, random);
    return result;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }
}
