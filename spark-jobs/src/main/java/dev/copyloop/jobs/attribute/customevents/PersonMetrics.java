package dev.copyloop.jobs.attribute.customevents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.events.settings.CustomMetric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Measures one person by one custom metric: each event that the metric takes counts once for every
 * template the person was sent inside the window before it.
 */
final class PersonMetrics {

  private static final Comparator<CustomEvent> BY_TIME =
      Comparator.comparingLong(CustomEvent::occurredAt).thenComparing(CustomEvent::eventId);

  private PersonMetrics() {}

  /**
   * The metric's results.
   *
   * @param metric made of own events
   * @param deliveries the person's, in any order
   * @param events the person's, of any name, in any order
   */
  static List<AttributedEvent> measure(
      CustomMetric metric, List<ExposedDelivery> deliveries, List<CustomEvent> events) {
    String eventName = metric.eventName().orElseThrow();
    List<AttributedEvent> results = new ArrayList<>();
    Set<String> templates = new HashSet<>();
    events.stream()
        .filter(event -> event.name().equals(eventName) && takes(metric, event))
        .sorted(BY_TIME)
        .forEach(
            event ->
                TouchSearch.exposed(metric.window(), event, deliveries)
                    .forEach(
                        delivery ->
                            results.add(
                                AttributedEvent.exposed(
                                    event,
                                    metric.id(),
                                    metric.version(),
                                    AttributedEvent.METRIC,
                                    delivery,
                                    templates.add(delivery.templateId())))));
    return results;
  }

  /** Whether every property the metric names has the value it names. */
  static boolean takes(CustomMetric metric, CustomEvent event) {
    if (metric.where().isEmpty()) {
      return true;
    }
    JsonNode properties = properties(event);
    for (Map.Entry<String, String> property : metric.where().entrySet()) {
      JsonNode value = properties.path(property.getKey());
      if (!value.isValueNode() || !value.asText().equals(property.getValue())) {
        return false;
      }
    }
    return true;
  }

  private static JsonNode properties(CustomEvent event) {
    try {
      return Json.mapper().readTree(event.properties() == null ? "{}" : event.properties());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "The properties of event " + event.eventId() + " are not the JSON that compact wrote", e);
    }
  }
}
