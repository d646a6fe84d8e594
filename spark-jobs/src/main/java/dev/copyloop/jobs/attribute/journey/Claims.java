package dev.copyloop.jobs.attribute.journey;

import dev.copyloop.events.generation.Arm;
import dev.copyloop.events.settings.Channel;
import dev.copyloop.jobs.attribute.row.Micros;
import dev.copyloop.jobs.attribute.settings.BoundTemplate;
import dev.copyloop.jobs.attribute.settings.SettingsIndex;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides template and arm of a journey's deliveries by the bindings that held at their time: first
 * by the delivery's action, then by its parent action, then by what the journey called.
 */
final class Claims {

  private static final Comparator<Delivery> BY_TIME =
      Comparator.<Delivery>comparingLong(delivery -> delivery.times().anchorAt())
          .thenComparing(delivery -> delivery.ids().deliveryId());

  private final SettingsIndex settings;
  private final JourneyCalls calls;

  /** The exposure that is the journey's first of a channel, by binding and channel. */
  private final Map<String, String> firstExposures = new HashMap<>();

  /**
   * @param journey all of the journey's deliveries but our own calls, in exposures
   */
  Claims(SettingsIndex settings, JourneyCalls calls, List<Delivery> journey) {
    this.settings = settings;
    this.calls = calls;
    journey.stream().sorted(BY_TIME).forEach(this::noteFirst);
  }

  private void noteFirst(Delivery delivery) {
    List<BoundTemplate> valid = valid(delivery);
    if (byAction(delivery, valid).isEmpty()) {
      valid.stream()
          .filter(bound -> bound.isOfChannel(delivery.ids().channel()))
          .forEach(
              bound -> firstExposures.putIfAbsent(bound.templateId(), delivery.exposure().id()));
    }
  }

  /** The claim on one of the journey's deliveries. */
  Claim claim(Delivery delivery) {
    return unclaimable(delivery)
        .map(Claim::none)
        .or(() -> byAction(delivery, valid(delivery)))
        .orElseGet(() -> inferred(delivery, valid(delivery)));
  }

  private Optional<UnattributedReason> unclaimable(Delivery delivery) {
    DeliveryIds ids = delivery.ids();
    UnattributedReason reason = null;
    if (Channel.of(ids.channel()).isEmpty()) {
      reason = UnattributedReason.UNCOUNTED_CHANNEL;
    } else if (settings.isInternal(ids.org(), ids.person())) {
      reason = UnattributedReason.TEST;
    } else if (ids.newsletterId() != null) {
      reason = UnattributedReason.NEWSLETTER;
    } else if (ids.transactionalMessageId() != null) {
      reason = UnattributedReason.TRANSACTIONAL;
    } else if (ids.campaignId() == null && ids.broadcastId() == null) {
      reason = UnattributedReason.NO_ORIGIN;
    } else if (settings.bindings(ids.origin()).isEmpty()) {
      reason = UnattributedReason.UNBOUND_CAMPAIGN;
    } else if (valid(delivery).isEmpty()) {
      reason = UnattributedReason.NO_BINDING_AT_TIME;
    }
    return Optional.ofNullable(reason);
  }

  private List<BoundTemplate> valid(Delivery delivery) {
    Instant time = Micros.instant(delivery.times().anchorAt());
    return settings.bindings(delivery.ids().origin()).stream()
        .filter(bound -> bound.binding().holdsAt(time))
        .toList();
  }

  private static Optional<Claim> byAction(Delivery delivery, List<BoundTemplate> valid) {
    DeliveryIds ids = delivery.ids();
    return named(ids.actionId(), valid, ArmSource.ACTION)
        .or(() -> named(ids.parentActionId(), valid, ArmSource.PARENT_ACTION));
  }

  private static Optional<Claim> named(String action, List<BoundTemplate> valid, ArmSource source) {
    for (BoundTemplate bound : valid) {
      if (bound.binding().controlActionIds().contains(String.valueOf(action))) {
        return Optional.of(claim(bound, Arm.CONTROL, source));
      }
      if (bound.binding().messageActionIds().contains(String.valueOf(action))) {
        return Optional.of(claim(bound, Arm.TREATMENT, source));
      }
    }
    return Optional.empty();
  }

  private Claim inferred(Delivery delivery, List<BoundTemplate> valid) {
    List<BoundTemplate> inferring =
        valid.stream()
            .filter(bound -> bound.infersTreatment() || bound.infersControl())
            .filter(bound -> bound.isOfChannel(delivery.ids().channel()))
            .toList();
    if (!inferring.isEmpty() && delivery.ids().journeyId() == null) {
      return Claim.none(UnattributedReason.NO_JOURNEY);
    }
    return inferring.stream()
        .flatMap(bound -> inferred(delivery, bound).stream())
        .findFirst()
        .orElseGet(() -> Claim.none(UnattributedReason.UNKNOWN_ACTION));
  }

  private Optional<Claim> inferred(Delivery delivery, BoundTemplate bound) {
    boolean called = calls.madeFor(bound.templateId());
    boolean first = delivery.exposure().id().equals(firstExposures.get(bound.templateId()));
    if (called && first && bound.infersTreatment()) {
      return Optional.of(claim(bound, Arm.TREATMENT, ArmSource.INFERRED));
    }
    if (!called && bound.infersControl() && delivery.ids().actionId() != null) {
      return Optional.of(Claim.inferredControl(bound.templateId(), bound.binding().id()));
    }
    return Optional.empty();
  }

  private static Claim claim(BoundTemplate bound, Arm arm, ArmSource source) {
    return Claim.of(bound.templateId(), bound.binding().id(), arm, source);
  }
}
