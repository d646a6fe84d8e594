package dev.copyloop.jobs.attribute.journey;

import dev.copyloop.jobs.attribute.row.Micros;
import dev.copyloop.jobs.attribute.settings.BoundTemplate;
import dev.copyloop.jobs.attribute.settings.SettingsIndex;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** For which templates one journey called us, and what was answered. */
final class JourneyCalls {

  private final Map<String, List<GenerationRef>> generations = new HashMap<>();
  private final Set<String> called = new HashSet<>();

  private JourneyCalls() {}

  static JourneyCalls of(
      SettingsIndex settings, List<Delivery> deliveries, List<GenerationRef> generations) {
    JourneyCalls calls = new JourneyCalls();
    for (GenerationRef generation : generations) {
      calls
          .generations
          .computeIfAbsent(generation.templateId(), key -> new ArrayList<>())
          .add(generation);
      calls.called.add(generation.templateId());
    }
    for (Delivery delivery : deliveries) {
      if (delivery.ids().isWebhookCall()) {
        template(settings, delivery).ifPresent(bound -> calls.called.add(bound.templateId()));
      }
    }
    return calls;
  }

  /** The template that a call of ours, as Customer.io saw it, was made for. */
  static Optional<BoundTemplate> template(SettingsIndex settings, Delivery call) {
    Instant time = Micros.instant(call.times().anchorAt());
    return settings.bindings(call.ids().origin()).stream()
        .filter(bound -> bound.binding().holdsAt(time))
        .filter(
            bound ->
                bound.binding().webhookActionId().equals(Optional.ofNullable(call.ids().actionId()))
                    && call.ids().actionId() != null)
        .findFirst();
  }

  boolean madeFor(String templateId) {
    return called.contains(templateId);
  }

  List<GenerationRef> generations(String templateId) {
    return generations.getOrDefault(templateId, List.of());
  }

  Optional<GenerationRef> latest(String templateId) {
    return generations(templateId).stream()
        .max(
            Comparator.comparingLong(GenerationRef::occurredAt)
                .thenComparing(GenerationRef::generationId));
  }
}
