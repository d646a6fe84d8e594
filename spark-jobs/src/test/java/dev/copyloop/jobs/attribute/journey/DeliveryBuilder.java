package dev.copyloop.jobs.attribute.journey;

import dev.copyloop.events.settings.CustomMetric;
import dev.copyloop.events.settings.UserKey;
import dev.copyloop.jobs.attribute.settings.PersonKeys;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A delivery of campaign 1, told by its events; times are seconds after an arbitrary start. */
public final class DeliveryBuilder {

  static final long START = 1_790_000_000L;

  private final String id;
  private final List<DeliveryEvent> events = new ArrayList<>();
  private String channel = "email";
  private String journey = "j1";
  private String action = "1001";
  private String parentAction;
  private String campaign = "1";
  private String broadcast;
  private String newsletter;
  private String transactional;
  private String person = "u1";
  private String href;
  private List<CustomMetric> metrics = List.of();

  DeliveryBuilder(String id) {
    this.id = id;
  }

  DeliveryBuilder channel(String name) {
    channel = name;
    return this;
  }

  DeliveryBuilder journey(String name) {
    journey = name;
    return this;
  }

  DeliveryBuilder action(String name) {
    action = name;
    return this;
  }

  DeliveryBuilder parentAction(String name) {
    parentAction = name;
    return this;
  }

  DeliveryBuilder campaign(String name) {
    campaign = name;
    return this;
  }

  DeliveryBuilder broadcast(String name) {
    broadcast = name;
    campaign = null;
    return this;
  }

  DeliveryBuilder newsletter(String name) {
    newsletter = name;
    campaign = null;
    return this;
  }

  DeliveryBuilder transactional(String name) {
    transactional = name;
    campaign = null;
    return this;
  }

  DeliveryBuilder person(String name) {
    person = name;
    return this;
  }

  DeliveryBuilder event(String metric, long seconds) {
    return event(metric, seconds, null, null, null);
  }

  DeliveryBuilder opened(long seconds, Boolean prefetched) {
    return event("opened", seconds, prefetched, null, null);
  }

  DeliveryBuilder syntheticOpen(long seconds) {
    return event("opened", seconds, null, true, null);
  }

  DeliveryBuilder clicked(long seconds, Boolean machine) {
    return event("clicked", seconds, null, null, machine);
  }

  /** A click that a person made on that address. */
  DeliveryBuilder clickedOn(long seconds, String address) {
    href = address;
    clicked(seconds, false);
    href = null;
    return this;
  }

  DeliveryBuilder measuredBy(CustomMetric... some) {
    metrics = List.of(some);
    return this;
  }

  private DeliveryBuilder event(
      String metric, long seconds, Boolean prefetched, Boolean synthetic, Boolean machine) {
    String eventId = "%s-%04d-%s".formatted(id, events.size(), metric);
    events.add(
        new DeliveryEvent(
            "acme",
            "production",
            id,
            micros(seconds),
            eventId,
            channel,
            metric,
            journey,
            action,
            parentAction,
            campaign,
            broadcast,
            newsletter,
            transactional,
            null,
            null,
            null,
            null,
            person,
            null,
            null,
            null,
            null,
            href,
            null,
            prefetched,
            synthetic,
            machine));
    return this;
  }

  public static long micros(long seconds) {
    return (START + seconds) * 1_000_000;
  }

  Delivery build() {
    events.sort(
        Comparator.comparingLong(DeliveryEvent::occurredAt).thenComparing(DeliveryEvent::eventId));
    return DeliveryFold.fold(events, new PersonKeys(UserKey.ID, UserKey.ID), metrics);
  }
}
