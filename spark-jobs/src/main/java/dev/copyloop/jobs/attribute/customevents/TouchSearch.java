package dev.copyloop.jobs.attribute.customevents;

import dev.copyloop.events.settings.AttributionRule;
import dev.copyloop.jobs.attribute.row.Micros;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Finds the touches of a person that a rule credits with an event: inside the window, of the
 * strongest class present, one per delivery. A delivery's touch is its latest of that class; under
 * {@code first} its earliest.
 */
final class TouchSearch {

  private static final Comparator<Touch> BY_TIME =
      Comparator.comparingLong(Touch::at).thenComparing(touch -> touch.delivery().deliveryId());

  private static final List<AttributionRule.Touch> STRONGEST_FIRST =
      List.of(AttributionRule.Touch.CLICK, AttributionRule.Touch.OPEN, AttributionRule.Touch.SEND);

  private TouchSearch() {}

  /** The credited touches by (time, delivery id); empty if there is none. */
  static List<Touch> credited(
      AttributionRule rule, CustomEvent event, List<ExposedDelivery> deliveries) {
    List<Touch> named =
        strongest(rule, event, deliveries.stream().filter(each -> names(event, each)).toList());
    boolean namesOne = event.copyId() != null || event.trackingId() != null;
    return namesOne && !named.isEmpty() ? named : strongest(rule, event, deliveries);
  }

  /** Whether the delivery is what the event itself says it belongs to. */
  private static boolean names(CustomEvent event, ExposedDelivery delivery) {
    boolean copy = event.copyId() == null || event.copyId().equals(delivery.copyId());
    boolean journey = event.trackingId() == null || event.trackingId().equals(delivery.journeyId());
    return copy && journey;
  }

  private static List<Touch> strongest(
      AttributionRule rule, CustomEvent event, List<ExposedDelivery> deliveries) {
    for (AttributionRule.Touch kind : STRONGEST_FIRST) {
      List<Touch> touches = touches(kind, rule, event, deliveries);
      if (!touches.isEmpty()) {
        return touches;
      }
      if (kind == rule.touch()) {
        break;
      }
    }
    return List.of();
  }

  private static List<Touch> touches(
      AttributionRule.Touch kind,
      AttributionRule rule,
      CustomEvent event,
      List<ExposedDelivery> deliveries) {
    List<Touch> touches = new ArrayList<>();
    for (ExposedDelivery delivery : deliveries) {
      Stream<Long> inWindow =
          times(kind, delivery).filter(time -> isInWindow(rule.window(), time, event.occurredAt()));
      (rule.model() == AttributionRule.Model.FIRST
              ? inWindow.min(Comparator.naturalOrder())
              : inWindow.max(Comparator.naturalOrder()))
          .ifPresent(time -> touches.add(new Touch(kind, time, delivery)));
    }
    touches.sort(BY_TIME);
    return touches;
  }

  private static Stream<Long> times(AttributionRule.Touch kind, ExposedDelivery delivery) {
    return switch (kind) {
      case SEND -> delivery.representative() ? Stream.of(delivery.sendAt()) : Stream.empty();
      case OPEN -> delivery.humanOpens().stream();
      case CLICK -> delivery.humanClicks().stream();
    };
  }

  /** The latest delivery of each template that the person was sent in the window, by template. */
  static Collection<ExposedDelivery> exposed(
      Duration window, CustomEvent event, List<ExposedDelivery> deliveries) {
    Map<String, ExposedDelivery> latest = new TreeMap<>();
    deliveries.stream()
        .filter(ExposedDelivery::representative)
        .filter(each -> isInWindow(window, each.sendAt(), event.occurredAt()))
        .sorted(
            Comparator.comparingLong(ExposedDelivery::sendAt)
                .thenComparing(ExposedDelivery::deliveryId))
        .forEach(each -> latest.put(each.templateId(), each));
    return latest.values();
  }

  /** Whether 0 ≤ event − touch &lt; window. */
  private static boolean isInWindow(Duration window, long touchAt, long eventAt) {
    long age = eventAt - touchAt;
    return age >= 0 && age < Micros.of(window);
  }
}
