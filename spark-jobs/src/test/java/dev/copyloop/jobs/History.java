package dev.copyloop.jobs;

import dev.copyloop.jobs.attribute.journey.SampleEvent;
import dev.copyloop.jobs.attribute.journey.SampleGeneration;
import dev.copyloop.jobs.attribute.journey.SampleSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A random history of one org: treatments and controls, lost calls, resends, second messages,
 * missing and repeated events, journeys nobody bound, purchases, and people who are called by
 * whatever is known of them, merged at times, two of whom may share an address. Times are whole
 * seconds close together, so that ties are common.
 */
final class History {

  static final Instant START = Instant.parse("2026-11-02T20:00:00Z");

  final List<SampleEvent> events = new ArrayList<>();
  final List<SampleGeneration> generations = new ArrayList<>();
  private final Random random;
  private int deliveries;

  private History(long seed) {
    this.random = new Random(seed);
  }

  static History of(long seed, int journeys) {
    History history = new History(seed);
    for (int i = 0; i < journeys; i++) {
      history.addJourney("j" + i);
    }
    for (int i = 0; i < journeys / 2; i++) {
      history.addPurchase("p" + i);
    }
    return history;
  }

  private void addJourney(String journey) {
    Instant start = START.plusSeconds(random.nextInt(200_000));
    String user = "u" + random.nextInt(40);
    boolean control = random.nextInt(4) == 0;
    if (!control && random.nextInt(10) > 0) {
      addGeneration(journey, user, start);
      if (random.nextInt(8) == 0) {
        addGeneration(journey, user, start.plusSeconds(random.nextInt(20)));
      }
    }
    String action = control ? "1002" : random.nextInt(15) == 0 ? "1003" : "1001";
    addDelivery(journey, user, action, start.plusSeconds(random.nextInt(10)));
    if (random.nextInt(6) == 0) {
      addDelivery(journey, user, action, start.plusSeconds(random.nextInt(60)));
    }
    if (random.nextInt(5) == 0) {
      addDelivery(journey, user, control ? "1002" : "1005", start.plusSeconds(3_600));
    }
  }

  private void addGeneration(String journey, String user, Instant at) {
    String copy = random.nextBoolean() ? SampleSettings.MENS : SampleSettings.WOMENS;
    generations.add(
        SampleGeneration.of(copy, journey, user, at).with("test", random.nextInt(25) == 0));
  }

  private void addDelivery(String journey, String user, String action, Instant at) {
    String id = "d" + deliveries++;
    String knownJourney = random.nextInt(12) == 0 ? null : journey;
    String campaign = random.nextInt(15) == 0 ? "2" : "1";
    String channel = random.nextInt(20) == 0 ? "slack" : "email";
    List<SampleEvent> own = new ArrayList<>();
    addMaybe(own, 3, SampleEvent.email(id, "drafted", at.minusSeconds(random.nextInt(5))));
    addMaybe(own, 9, SampleEvent.email(id, "sent", at));
    addMaybe(own, 8, SampleEvent.email(id, "delivered", at.plusSeconds(1)));
    for (int i = random.nextInt(4); i > 0; i--) {
      Instant opened = at.plusSeconds(random.nextInt(90_000) - 5L);
      own.add(SampleEvent.email(id, "opened", opened).with("prefetched", flag()));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      Instant clicked = at.plusSeconds(random.nextInt(90_000));
      own.add(
          SampleEvent.email(id, "clicked", clicked)
              .with("machine", flag())
              .with("href", "https://shop.example/" + (i == 1 ? "pricing" : "") + "?to=" + user));
    }
    addMaybe(own, 1, SampleEvent.email(id, "converted", at.plusSeconds(5_000)));
    own.forEach(
        event ->
            events.add(
                called(event.journey(knownJourney, action, null), user)
                    .with("campaign_id", campaign)
                    .with("object_type", channel)));
  }

  /** Names an event's person by some of what is known: always the same of the same person. */
  private SampleEvent called(SampleEvent event, String user) {
    int number = Integer.parseInt(user.substring(1));
    int names = random.nextInt(8);
    event.with("person_id", names == 0 || names == 1 ? null : user);
    event.with("person_cio_id", names == 0 || names == 2 ? "c" + number : null);
    event.with("person_email", names == 1 || names == 3 ? addressOf(user) : null);
    return random.nextInt(150) == 0 ? event.with("person_id", "u" + (number + 1)) : event;
  }

  /** Of the first eight people, two share an address each. */
  static String addressOf(String user) {
    int number = Integer.parseInt(user.substring(1));
    return (number < 8 ? "Shared" + number / 2 : "mail" + number) + "@Example.com";
  }

  private void addMaybe(List<SampleEvent> own, int inTen, SampleEvent event) {
    if (random.nextInt(10) < inTen) {
      own.add(event);
    }
  }

  private Boolean flag() {
    return switch (random.nextInt(3)) {
      case 0 -> null;
      case 1 -> Boolean.TRUE;
      default -> Boolean.FALSE;
    };
  }

  private void addPurchase(String id) {
    Instant at = START.plusSeconds(random.nextInt(300_000));
    String user = random.nextInt(20) == 0 ? null : "u" + random.nextInt(40);
    String value = (random.nextInt(10) == 0 ? "-" : "") + random.nextInt(10_000) + ".25";
    events.add(
        SampleEvent.own(id, "purchase", user, at)
            .worth(value, random.nextInt(5) == 0 ? "EUR" : "USD"));
  }
}
