package dev.copyloop.jobs;

import dev.copyloop.events.settings.Settings;
import dev.copyloop.events.settings.UserKey;
import dev.copyloop.jobs.attribute.journey.SampleEvent;
import dev.copyloop.jobs.attribute.journey.SampleGeneration;
import dev.copyloop.jobs.attribute.journey.SampleSettings;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Attribution by its definition, for the bindings of {@link #SETTINGS_ACTIONS}: loops over lists,
 * nothing shared with the code under test.
 */
final class Model {

  /** Message actions 1001 and 1005, control action 1002, campaign 1, scope journey. */
  static final List<List<String>> SETTINGS_ACTIONS =
      List.of(List.of("1001", "1005"), List.of("1002"));

  private static final Comparator<SampleEvent> BY_TIME =
      Comparator.<SampleEvent, Instant>comparing(event -> time(event.get("occurred_at")))
          .thenComparing(event -> (String) event.get("event_id"));

  private final History history;
  private final Duration window;

  /** Delivery id to {@code arm|reason|copy key}. */
  final Map<String, String> deliveries = new TreeMap<>();

  /** Purchase to the delivery that is credited with it; {@code -} for none. */
  final Map<String, String> credits = new TreeMap<>();

  private final Map<String, List<SampleEvent>> eventsOf = new TreeMap<>();

  private final ModelPersons persons;
  private final UserKey eventKey;

  /** Settings with those bindings, that credit purchases to the last message in a window. */
  static Settings settings(Duration window) {
    return SampleSettings.of(
        ZoneId.of("America/New_York"),
        List.of(
            SampleSettings.template(
                "welcome",
                SampleSettings.binding(
                    "b1", "1", SETTINGS_ACTIONS.get(0), SETTINGS_ACTIONS.get(1)))),
        List.of(SampleSettings.lastTouch("purchase", window)));
  }

  Model(History history, Duration window, UserKey eventKey) {
    this.history = history;
    this.window = window;
    this.eventKey = eventKey;
    for (SampleEvent event : history.events) {
      if ("cio".equals(event.get("source"))) {
        eventsOf
            .computeIfAbsent((String) event.get("delivery_id"), id -> new ArrayList<>())
            .add(event);
      }
    }
    eventsOf.values().forEach(events -> events.sort(BY_TIME));
    persons = new ModelPersons(eventsOf.values());
    eventsOf.forEach((id, events) -> deliveries.put(id, attribute(events)));
    history.events.stream()
        .filter(event -> "events".equals(event.get("source")))
        .forEach(event -> credits.put((String) event.get("event_id"), credited(event)));
  }

  private String attribute(List<SampleEvent> events) {
    SampleEvent any = events.get(0);
    if ("slack".equals(any.get("object_type"))) {
      return "none|uncounted_channel|unknown";
    }
    if ("2".equals(any.get("campaign_id"))) {
      return "none|unbound_campaign|unknown";
    }
    String action = (String) any.get("action_id");
    if (SETTINGS_ACTIONS.get(1).contains(action)) {
      return "control|null|control";
    }
    if (!SETTINGS_ACTIONS.get(0).contains(action)) {
      return "none|unknown_action|unknown";
    }
    SampleGeneration generation = generation(events);
    if (generation == null) {
      return "treatment|null|unknown";
    }
    return Boolean.TRUE.equals(generation.get("test"))
        ? "none|test|unknown"
        : "treatment|null|" + generation.get("copy_id");
  }

  private SampleGeneration generation(List<SampleEvent> events) {
    Instant rendered = first(events, "drafted", "sent");
    Instant at = rendered == null ? time(events.get(0).get("occurred_at")) : rendered;
    Object journey = events.get(0).get("journey_id");
    SampleGeneration before = null;
    SampleGeneration after = null;
    for (SampleGeneration each : history.generations) {
      Instant decided = time(each.get("occurred_at"));
      boolean candidate =
          journey == null
              ? persons.of("id:" + each.get("user_id")).equals(persons.of(events))
                  && decided.isAfter(at.minus(Duration.ofDays(7)))
              : each.get("tracking_id").equals(journey);
      if (candidate && !decided.isAfter(at) && (before == null || later(each, before))) {
        before = each;
      }
      boolean soon = decided.isAfter(at) && decided.isBefore(at.plusSeconds(300));
      if (candidate && journey != null && soon && (after == null || later(after, each))) {
        after = each;
      }
    }
    return before == null ? after : before;
  }

  private static boolean later(SampleGeneration one, SampleGeneration other) {
    int order = time(one.get("occurred_at")).compareTo(time(other.get("occurred_at")));
    String id = (String) one.get("generation_id");
    return order > 0 || (order == 0 && id.compareTo((String) other.get("generation_id")) > 0);
  }

  private String credited(SampleEvent purchase) {
    Instant at = time(purchase.get("occurred_at"));
    String buyer =
        purchase.get("user_id") == null
            ? null
            : persons.of(
                eventKey.label() + ":" + lowered(eventKey, (String) purchase.get("user_id")));
    String best = "-";
    String bestRank = "";
    for (Map.Entry<String, List<SampleEvent>> delivery : eventsOf.entrySet()) {
      String rank = rank(delivery.getKey(), delivery.getValue(), buyer, at);
      if (rank.compareTo(bestRank) > 0) {
        best = delivery.getKey();
        bestRank = rank;
      }
    }
    return best;
  }

  private static String lowered(UserKey key, String value) {
    return key == UserKey.EMAIL ? value.toLowerCase(Locale.ROOT) : value;
  }

  /** Class, then time, then delivery id of the delivery's best touch; empty if it has none. */
  private String rank(String id, List<SampleEvent> events, String user, Instant at) {
    boolean sentToUser = user != null && user.equals(persons.of(events));
    if (!sentToUser || deliveries.get(id).startsWith("none") || sendAt(events) == null) {
      return "";
    }
    String rank = "";
    for (SampleEvent event : events) {
      String metric = (String) event.get("metric");
      boolean click = metric.equals("clicked") && Boolean.FALSE.equals(event.get("machine"));
      boolean open = metric.equals("opened") && Boolean.FALSE.equals(event.get("prefetched"));
      boolean human = click || open;
      if (human) {
        rank = max(rank, metric.equals("clicked") ? 3 : 2, event.get("occurred_at"), id, at);
      }
    }
    return represents(id, events) ? max(rank, 1, Timestamp.from(sendAt(events)), id, at) : rank;
  }

  private String max(String rank, int kind, Object touch, String id, Instant at) {
    Duration age = Duration.between(time(touch), at);
    boolean inWindow = !age.isNegative() && age.compareTo(window) < 0;
    String candidate = kind + "|" + time(touch) + "|" + id;
    return inWindow && candidate.compareTo(rank) > 0 ? candidate : rank;
  }

  /** Whether no other delivery of the same journey and action was sent before it. */
  boolean represents(String id, List<SampleEvent> events) {
    Object journey = events.get(0).get("journey_id");
    Object action = events.get(0).get("action_id");
    String own = sendAt(events) + "|" + id;
    return journey == null
        || eventsOf.entrySet().stream()
            .filter(other -> journey.equals(other.getValue().get(0).get("journey_id")))
            .filter(other -> action.equals(other.getValue().get(0).get("action_id")))
            .filter(other -> sendAt(other.getValue()) != null)
            .noneMatch(
                other -> (sendAt(other.getValue()) + "|" + other.getKey()).compareTo(own) < 0);
  }

  static Instant sendAt(List<SampleEvent> events) {
    Instant sent = first(events, "sent");
    return sent == null ? first(events, "delivered", "opened", "clicked") : sent;
  }

  private static Instant first(List<SampleEvent> events, String... metrics) {
    return events.stream()
        .filter(event -> List.of(metrics).contains(event.get("metric")))
        .map(event -> time(event.get("occurred_at")))
        .findFirst()
        .orElse(null);
  }

  private static Instant time(Object timestamp) {
    return ((Timestamp) timestamp).toInstant();
  }

  /** Exposures sent, by copy key; of an arm only. */
  Map<String, Long> sends() {
    Map<String, Long> sends = new TreeMap<>();
    eventsOf.forEach(
        (id, events) -> {
          boolean counted = !deliveries.get(id).startsWith("none");
          if (counted && sendAt(events) != null && represents(id, events)) {
            sends.merge(deliveries.get(id).replaceFirst(".*\\|", ""), 1L, Long::sum);
          }
        });
    return sends;
  }
}
