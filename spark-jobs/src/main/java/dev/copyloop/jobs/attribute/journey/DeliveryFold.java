package dev.copyloop.jobs.attribute.journey;

import dev.copyloop.events.settings.Channel;
import dev.copyloop.events.settings.CustomMetric;
import dev.copyloop.events.settings.HumanClass;
import dev.copyloop.jobs.attribute.settings.Identifier;
import dev.copyloop.jobs.attribute.settings.PersonKeys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Makes one delivery of its events. */
final class DeliveryFold {

  private static final String SENT = "sent";
  private static final String DRAFTED = "drafted";
  private static final String CUSTOMER = "customer";

  /** Metrics of getting a message out; every other one is an engagement. */
  static final Set<String> SEND_SIDE = Set.of("drafted", "created", "attempted", "sent");

  private static final Set<String> IMPLIES_SEND =
      Set.of("delivered", Engagement.OPENED, Engagement.CLICKED);

  private DeliveryFold() {}

  /**
   * The delivery of these events.
   *
   * @param events of one delivery, at least one, by (time, event id)
   * @param metrics of its org, made of engagements
   */
  static Delivery fold(List<DeliveryEvent> events, PersonKeys keys, List<CustomMetric> metrics) {
    SendTimes times = times(events);
    return Delivery.of(ids(events, keys), times, engagements(events, times, metrics));
  }

  private static DeliveryIds ids(List<DeliveryEvent> events, PersonKeys keys) {
    DeliveryEvent any = events.get(0);
    Set<Identifier> identifiers = identifiers(events, keys);
    Identifier strongest = keys.strongest(identifiers);
    return new DeliveryIds(
        any.org(),
        any.workspace(),
        any.deliveryId(),
        channel(events),
        first(events, DeliveryEvent::journeyId),
        first(events, DeliveryEvent::actionId),
        first(events, DeliveryEvent::parentActionId),
        first(events, DeliveryEvent::campaignId),
        first(events, DeliveryEvent::broadcastId),
        first(events, DeliveryEvent::newsletterId),
        first(events, DeliveryEvent::transactionalMessageId),
        first(events, DeliveryEvent::contentId),
        first(events, DeliveryEvent::triggerId),
        first(events, DeliveryEvent::triggerEventId),
        strongest == null ? null : keys.ownName(strongest),
        strongest == null || keys.isKey(strongest),
        null,
        PersonKeys.texts(identifiers));
  }

  /** Events about a subscription name the person, not the channel, as their object. */
  private static String channel(List<DeliveryEvent> events) {
    String named =
        first(events, event -> CUSTOMER.equals(event.objectType()) ? null : event.objectType());
    return named == null ? first(events, DeliveryEvent::objectType) : named;
  }

  /** In the order of the events. */
  private static Set<Identifier> identifiers(List<DeliveryEvent> events, PersonKeys keys) {
    Set<Identifier> identifiers = new LinkedHashSet<>();
    List<String> last = List.of();
    for (DeliveryEvent event : events) {
      boolean named = event.personEmail() != null && !event.personEmail().isBlank();
      String email = named || !keys.usesAddresses() ? event.personEmail() : address(event);
      List<String> names =
          Arrays.asList(event.personId(), event.customerId(), email, event.personCioId());
      // Most events name their person as the one before did.
      if (!names.equals(last)) {
        identifiers.addAll(
            PersonKeys.identifiers(names.get(0), names.get(1), names.get(2), names.get(3)));
        last = names;
      }
    }
    return identifiers;
  }

  private static String address(DeliveryEvent event) {
    return Channel.EMAIL.label().equals(event.objectType()) ? event.recipient() : null;
  }

  private static SendTimes times(List<DeliveryEvent> events) {
    Long sentAt = earliest(events, Set.of(SENT));
    Long renderedAt = earliest(events, Set.of(DRAFTED, SENT));
    long anchorAt = sentAt == null ? events.get(0).occurredAt() : sentAt;
    return new SendTimes(
        sentAt, renderedAt, anchorAt, sentAt == null ? earliest(events, IMPLIES_SEND) : sentAt);
  }

  private static Long earliest(List<DeliveryEvent> events, Set<String> metrics) {
    for (DeliveryEvent event : events) {
      if (event.metric() != null && metrics.contains(event.metric())) {
        return event.occurredAt();
      }
    }
    return null;
  }

  private static List<Engagement> engagements(
      List<DeliveryEvent> events, SendTimes times, List<CustomMetric> metrics) {
    List<Engagement> engagements = new ArrayList<>();
    for (DeliveryEvent event : events) {
      if (event.metric() != null && !SEND_SIDE.contains(event.metric())) {
        HumanClass humanClass = humanClass(event, events);
        engagements.add(
            Engagement.of(
                event.eventId(),
                event.occurredAt(),
                event.metric(),
                event.linkId(),
                humanClass,
                EngagementMetrics.taking(event, humanClass, times.cohortAt(), metrics)));
      }
    }
    return engagements;
  }

  private static HumanClass humanClass(DeliveryEvent event, List<DeliveryEvent> events) {
    return switch (event.metric()) {
      case Engagement.OPENED ->
          Boolean.TRUE.equals(event.synthetic()) ? ofItsClick(event, events) : ofOpen(event);
      case Engagement.CLICKED -> ofFlag(event.machine());
      default -> null;
    };
  }

  private static HumanClass ofOpen(DeliveryEvent open) {
    boolean onlyProxied = open.prefetched() == null && Boolean.TRUE.equals(open.proxied());
    return onlyProxied ? HumanClass.HUMAN : ofFlag(open.prefetched());
  }

  /** A synthetic open was inferred from a click at the same time, else from the first one. */
  private static HumanClass ofItsClick(DeliveryEvent open, List<DeliveryEvent> events) {
    List<DeliveryEvent> clicks =
        events.stream().filter(event -> Engagement.CLICKED.equals(event.metric())).toList();
    Optional<DeliveryEvent> click =
        clicks.stream()
            .filter(event -> event.occurredAt() == open.occurredAt())
            .findFirst()
            .or(() -> clicks.stream().findFirst());
    return click.map(event -> ofFlag(event.machine())).orElse(HumanClass.UNKNOWN);
  }

  private static HumanClass ofFlag(Boolean machine) {
    if (machine == null) {
      return HumanClass.UNKNOWN;
    }
    return machine ? HumanClass.MACHINE : HumanClass.HUMAN;
  }

  private static String first(List<DeliveryEvent> events, Function<DeliveryEvent, String> part) {
    for (DeliveryEvent event : events) {
      String value = part.apply(event);
      if (value != null) {
        return value;
      }
    }
    return null;
  }
}
