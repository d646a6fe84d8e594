package dev.copyloop.jobs.attribute.journey;

import dev.copyloop.events.generation.Arm;
import dev.copyloop.events.settings.AttributeScope;
import dev.copyloop.jobs.attribute.row.Micros;
import dev.copyloop.jobs.attribute.settings.BoundTemplate;
import dev.copyloop.jobs.attribute.settings.SettingsIndex;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Attributes all deliveries of one journey: template and arm, exposure, copy. What depends on more
 * than the journey is left marked: a control whose action may not be the only one, a copy that the
 * person's other journeys decide.
 */
final class JourneyAttribution {

  private final SettingsIndex settings;

  JourneyAttribution(SettingsIndex settings) {
    this.settings = settings;
  }

  /**
   * The same deliveries, attributed.
   *
   * @param deliveries of one journey, our own calls among them, in any order
   * @param generations whose tracking id is that journey
   */
  List<Delivery> attribute(List<Delivery> deliveries, List<GenerationRef> generations) {
    JourneyCalls calls = JourneyCalls.of(settings, deliveries, generations);
    List<Delivery> messages = new ArrayList<>();
    List<Delivery> attributed = new ArrayList<>(deliveries.size());
    for (Delivery delivery : deliveries) {
      if (delivery.ids().isWebhookCall()) {
        attributed.add(call(delivery, calls));
      } else {
        messages.add(delivery);
      }
    }
    List<Delivery> exposed = Exposures.group(messages);
    List<Claim> claims = Claims.of(settings, calls, exposed);
    List<Delivery> claimed = new ArrayList<>(exposed.size());
    for (int i = 0; i < exposed.size(); i++) {
      claimed.add(withCopy(exposed.get(i), claims.get(i), calls));
    }
    attributed.addAll(EngagementMetrics.marked(Exposures.number(claimed)));
    return attributed;
  }

  private Delivery call(Delivery call, JourneyCalls calls) {
    Optional<BoundTemplate> bound = JourneyCalls.template(settings, call);
    if (bound.isEmpty()) {
      return call.with(Claim.none(UnattributedReason.UNKNOWN_ACTION), CopyMatch.none());
    }
    Claim claim =
        Claim.of(
            bound.get().templateId(), bound.get().binding().id(), Arm.TREATMENT, ArmSource.ACTION);
    return call.with(
        claim,
        calls
            .latest(claim.templateId())
            .map(generation -> CopyMatch.of(generation, false))
            .orElseGet(CopyMatch::noGeneration));
  }

  private Delivery withCopy(Delivery delivery, Claim claim, JourneyCalls calls) {
    if (claim.templateId() == null) {
      return delivery.with(claim, CopyMatch.none());
    }
    Optional<GenerationRef> ofJourney =
        CopySearch.inJourney(calls.generations(claim.templateId()), delivery.times().copyAt());
    if (ofJourney.isPresent() && ofJourney.get().arm() == Arm.CONTROL) {
      return drawnControl(delivery, claim, ofJourney.get());
    }
    if (!claim.isTreatment()) {
      return ofJourney.filter(generation -> wasDrawn(delivery, claim, generation)).isPresent()
          ? Matched.treatment(delivery, claim.byGeneration(Arm.TREATMENT), ofJourney)
          : delivery.with(claim, CopyMatch.control());
    }
    return searchesPerson(delivery, claim)
        ? delivery.with(claim, CopyMatch.awaitingPerson())
        : Matched.treatment(delivery, claim, ofJourney);
  }

  /** Whether generate itself split when it answered that call, so that its arm is the arm. */
  private boolean wasDrawn(Delivery delivery, Claim claim, GenerationRef generation) {
    Instant at = Micros.instant(generation.occurredAt());
    return settings.bindings(delivery.ids().origin()).stream()
        .filter(bound -> bound.templateId().equals(claim.templateId()))
        .anyMatch(bound -> bound.template().splitAt(at).madeByGenerate());
  }

  private static Delivery drawnControl(Delivery delivery, Claim claim, GenerationRef generation) {
    return generation.test()
        ? delivery.with(Claim.none(UnattributedReason.TEST), CopyMatch.none())
        : delivery.with(claim.byGeneration(Arm.CONTROL), CopyMatch.control());
  }

  private boolean searchesPerson(Delivery delivery, Claim claim) {
    return delivery.ids().journeyId() == null || scope(delivery, claim) == AttributeScope.CUSTOMER;
  }

  private AttributeScope scope(Delivery delivery, Claim claim) {
    for (BoundTemplate bound : settings.bindings(delivery.ids().origin())) {
      if (bound.binding().id().equals(claim.bindingId())) {
        return bound.binding().attributeScope();
      }
    }
    return AttributeScope.JOURNEY;
  }
}
