package dev.copyloop.jobs.attribute.customevents;

import dev.copyloop.events.settings.AttributionRule;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Attributes one person's custom events by one rule. Two separate results: credit, which divides an
 * event over the touches before it, and lift, which counts an event once for every template the
 * person was exposed to, whatever was touched.
 */
final class PersonAttribution {

  private static final Comparator<CustomEvent> BY_TIME =
      Comparator.comparingLong(CustomEvent::occurredAt).thenComparing(CustomEvent::eventId);

  private final AttributionRule rule;
  private final List<ExposedDelivery> deliveries;
  private final Set<String> creditedCopies = new HashSet<>();
  private final Set<String> liftedTemplates = new HashSet<>();
  private final List<AttributedEvent> results = new ArrayList<>();

  private PersonAttribution(AttributionRule rule, List<ExposedDelivery> deliveries) {
    this.rule = rule;
    this.deliveries = deliveries;
  }

  /**
   * The rule's results.
   *
   * @param deliveries the person's, in any order
   * @param events the person's, of any name, in any order
   */
  static List<AttributedEvent> attribute(
      AttributionRule rule, List<ExposedDelivery> deliveries, List<CustomEvent> events) {
    PersonAttribution attribution = new PersonAttribution(rule, deliveries);
    events.stream()
        .filter(event -> rule.eventName().equals(event.name()))
        .sorted(BY_TIME)
        .forEach(attribution::attribute);
    return attribution.results;
  }

  private void attribute(CustomEvent event) {
    List<Touch> touches = TouchSearch.credited(rule, event, deliveries);
    if (touches.isEmpty()) {
      results.add(nothing(event));
    } else {
      credit(event, touches);
    }
    lift(event);
  }

  private AttributedEvent nothing(CustomEvent event) {
    return new AttributedEvent(
        event,
        rule.id(),
        rule.version(),
        AttributedEvent.NONE,
        reason(event),
        null,
        null,
        null,
        event.value(),
        false);
  }

  private static String reason(CustomEvent event) {
    if (event.person() != null) {
      return AttributedEvent.NO_TOUCH;
    }
    return event.personReason() == null ? AttributedEvent.NO_USER : event.personReason();
  }

  private void credit(CustomEvent event, List<Touch> touches) {
    List<BigDecimal> shares = CreditSplit.shares(rule.model(), touches.size());
    List<BigDecimal> values =
        event.value() == null
            ? Collections.nCopies(touches.size(), null)
            : CreditSplit.parts(event.value(), shares);
    for (int i = 0; i < touches.size(); i++) {
      if (shares.get(i).signum() != 0) {
        results.add(credited(event, touches.get(i), shares.get(i), values.get(i)));
      }
    }
  }

  private AttributedEvent credited(
      CustomEvent event, Touch touch, BigDecimal credit, BigDecimal value) {
    ExposedDelivery delivery = touch.delivery();
    boolean first =
        creditedCopies.add(
            String.join("\u0000", delivery.templateId(), delivery.arm(), delivery.copyKey()));
    return new AttributedEvent(
        event,
        rule.id(),
        rule.version(),
        AttributedEvent.CREDIT,
        null,
        touch,
        delivery,
        credit,
        value,
        first);
  }

  private void lift(CustomEvent event) {
    for (ExposedDelivery delivery : TouchSearch.exposed(rule.window(), event, deliveries)) {
      boolean first = liftedTemplates.add(delivery.templateId());
      results.add(
          AttributedEvent.exposed(
              event, rule.id(), rule.version(), AttributedEvent.LIFT, delivery, first));
    }
  }
}
