package dev.copyloop.jobs.compact;

import dev.copyloop.events.generation.Arm;
import dev.copyloop.events.generation.GenerationRecord;
import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.events.landing.Source;
import dev.copyloop.events.landing.Verification;
import dev.copyloop.jobs.attribute.journey.SampleSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * Lines of the org that {@link SampleSettings#plain} describes, as landing objects: journeys with a
 * generation or a control, their webhooks and purchases, retried calls, repeated webhooks and lines
 * that belong into the quarantine.
 */
public final class LandedNights {
  private static final Instant START = Instant.parse("2024-03-04T20:00:00Z");

  private final Landings landings;
  private final Random random = new Random(20261126);
  private int journeys;
  private int lines;

  public LandedNights(Path folder) {
    landings = new Landings(folder);
  }

  /** How many lines have landed so far. */
  public int lines() {
    return lines;
  }

  /** Lands so many journeys, and some more of what was landed before. */
  public LandedNights land(int count) {
    List<LandingLine> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      journey("j" + journeys++, all);
    }
    if (journeys > count) {
      all.add(webhook("e-late", "d-j0", "j0", "1001", "opened", START.plusSeconds(7_200)));
    }
    all.add(Lines.webhook("bad-" + journeys, START, "{}"));
    put(all);
    return this;
  }

  /** Lands one call of generate for each time, all received at one. */
  public LandedNights landCalls(Instant received, Instant... decided) {
    List<LandingLine> all = new ArrayList<>();
    for (Instant at : decided) {
      String journey = "j" + journeys++;
      all.add(Lines.generation(record(journey, "k1", SampleSettings.MENS, at), received));
    }
    put(all);
    return this;
  }

  private void put(List<LandingLine> all) {
    Map<String, List<LandingLine>> objects = new TreeMap<>();
    for (LandingLine line : all) {
      Instant hour = Instant.ofEpochMilli(line.receivedAtMillis()).truncatedTo(ChronoUnit.HOURS);
      objects.computeIfAbsent(line.source() + " " + hour, each -> new ArrayList<>()).add(line);
    }
    objects.values().forEach(landings::put);
    lines += all.size();
  }

  private void journey(String journey, List<LandingLine> all) {
    Instant at = START.plusSeconds(random.nextInt(90_000));
    boolean control = random.nextInt(4) == 0;
    if (!control) {
      String copy = random.nextBoolean() ? SampleSettings.MENS : SampleSettings.WOMENS;
      all.add(call(journey, "k1", copy, at));
      if (random.nextInt(5) == 0) {
        all.add(call(journey, "k2", copy, at.plusSeconds(1)));
      }
    }
    String action = control ? "1002" : "1001";
    String delivery = "d-" + journey;
    LandingLine sent =
        webhook("s-" + journey, delivery, journey, action, "sent", at.plusSeconds(2));
    all.add(sent);
    if (random.nextInt(4) == 0) {
      all.add(sent);
    }
    if (random.nextBoolean()) {
      all.add(webhook("o-" + journey, delivery, journey, action, "opened", at.plusSeconds(4_000)));
      all.add(webhook("c-" + journey, delivery, journey, action, "clicked", at.plusSeconds(4_100)));
    }
    if (random.nextInt(3) == 0) {
      all.add(purchase(journey, at.plusSeconds(9_000)));
    }
  }

  private static LandingLine call(String journey, String call, String copy, Instant at) {
    return Lines.generation(record(journey, call, copy, at), at);
  }

  private static GenerationRecord record(String journey, String call, String copy, Instant at) {
    return new GenerationRecord(
        "g-" + journey,
        journey + call,
        "acme",
        "welcome",
        at.toEpochMilli(),
        at.toEpochMilli(),
        Optional.of("u-" + journey),
        Optional.of(journey),
        Optional.of("production"),
        Optional.of("1"),
        Optional.of("900"),
        Arm.TREATMENT,
        copy,
        Map.of("subject", "Hi"),
        Optional.empty(),
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

  private static LandingLine webhook(
      String id, String delivery, String journey, String action, String metric, Instant at) {
    return Lines.webhook(
        id,
        at.plusSeconds(1),
        """
        {"data":{"delivery_id":"%s","journey_id":"%s","action_id":%s,"campaign_id":1,"identifiers":{"id":"u-%s"}},"event_id":"%s","metric":"%s","object_type":"email","timestamp":%d}\
        """
            .formatted(delivery, journey, action, journey, id, metric, at.getEpochSecond()));
  }

  private static LandingLine purchase(String journey, Instant at) {
    return Lines.line(
        Source.EVENTS,
        "p-" + journey,
        at.plusSeconds(1),
        Verification.VERIFIED,
        """
        {"id":"p-%s","name":"purchase","user_id":"u-%s","timestamp":%d,"properties":{"value":12.5,"currency":"USD"}}\
        """
            .formatted(journey, journey, at.toEpochMilli()));
  }
}
