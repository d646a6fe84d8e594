package dev.copyloop.jobs.attribute.journey;

import dev.copyloop.events.settings.CustomMetric;
import dev.copyloop.events.settings.Engagements;
import dev.copyloop.events.settings.HumanClass;
import dev.copyloop.jobs.attribute.row.Micros;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Finds the custom metrics that take an engagement: each counts it for the delivery that it
 * happened to, and its journey once.
 */
final class EngagementMetrics {

  private record Placed(Delivery delivery, Engagement engagement) {}

  private static final Comparator<Placed> BY_TIME =
      Comparator.<Placed, Long>comparing(placed -> placed.engagement().occurredAt())
          .thenComparing(placed -> placed.engagement().eventId());

  private EngagementMetrics() {}

  /**
   * The metrics that take an engagement.
   *
   * @param cohortAt when its delivery was sent; it may be later than the engagement, whose time is
   *     of another clock
   * @param metrics made of engagements
   */
  static List<Measured> taking(
      DeliveryEvent event, HumanClass humanClass, long cohortAt, List<CustomMetric> metrics) {
    List<Measured> taking = List.of();
    for (CustomMetric metric : metrics) {
      if (event.occurredAt() - cohortAt < Micros.of(metric.window())
          && takes(metric, event, humanClass)) {
        taking = taking.isEmpty() ? new ArrayList<>() : taking;
        taking.add(new Measured(metric.id(), metric.version(), false));
      }
    }
    return taking;
  }

  private static boolean takes(CustomMetric metric, DeliveryEvent event, HumanClass humanClass) {
    if (!metric.engagement().orElseThrow().label().equals(event.metric())) {
      return false;
    }
    for (Map.Entry<String, String> property : metric.where().entrySet()) {
      Engagements.Property name = Engagements.Property.of(property.getKey());
      if (!Objects.equals(value(name, event, humanClass), property.getValue())) {
        return false;
      }
    }
    return true;
  }

  /** Null if the event has none. */
  private static String value(
      Engagements.Property property, DeliveryEvent event, HumanClass humanClass) {
    return switch (property) {
      case HREF -> event.href();
      case HREF_HOST -> LinkAddress.host(event.href());
      case HREF_PATH -> LinkAddress.path(event.href());
      case LINK_ID -> event.linkId();
      case HUMAN_CLASS -> humanClass.label();
    };
  }

  /**
   * The deliveries of one journey, the first engagement that a metric takes of each template
   * marked.
   */
  static List<Delivery> marked(List<Delivery> journey) {
    List<Placed> placed = new ArrayList<>();
    for (Delivery delivery : journey) {
      if (delivery.claim().templateId() != null) {
        for (Engagement engagement : delivery.engagements()) {
          if (!engagement.measured().isEmpty()) {
            placed.add(new Placed(delivery, engagement));
          }
        }
      }
    }
    return placed.isEmpty() ? journey : marked(journey, placed);
  }

  private static List<Delivery> marked(List<Delivery> journey, List<Placed> placed) {
    placed.sort(BY_TIME);
    Set<String> seen = new HashSet<>();
    IdentityHashMap<Engagement, Engagement> marked = new IdentityHashMap<>();
    for (Placed each : placed) {
      String template = each.delivery().claim().templateId();
      List<Measured> measured =
          each.engagement().measured().stream().map(one -> marked(one, template, seen)).toList();
      marked.put(each.engagement(), each.engagement().with(measured));
    }
    return journey.stream()
        .map(
            delivery ->
                delivery.with(
                    delivery.engagements().stream()
                        .map(engagement -> marked.getOrDefault(engagement, engagement))
                        .toList()))
        .toList();
  }

  private static Measured marked(Measured measured, String template, Set<String> seen) {
    String id = measured.metricId();
    int version = measured.metricVersion();
    return new Measured(id, version, seen.add(String.join("\u0000", template, id, "" + version)));
  }
}
