package dev.copyloop.jobs.attribute.journey;

import dev.copyloop.events.generation.Arm;
import dev.copyloop.events.settings.Channel;
import dev.copyloop.jobs.attribute.row.Micros;
import dev.copyloop.jobs.attribute.settings.BoundTemplate;
import dev.copyloop.jobs.attribute.settings.SettingsIndex;
import java.time.Instant;
import java.util.ArrayList;
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

  private static final Comparator<Candidate> BY_TIME =
      Comparator.<Candidate>comparingLong(each -> each.delivery().times().anchorAt())
          .thenComparing(each -> each.delivery().ids().deliveryId());

  /** A delivery with the bindings to its origin, and the claim that its actions make. */
  private record Candidate(
      Delivery delivery,
      List<BoundTemplate> bindings,
      List<BoundTemplate> valid,
      Optional<Claim> byAction) {

    static Candidate of(Delivery delivery, SettingsIndex settings) {
      List<BoundTemplate> bindings = settings.bindings(delivery.ids().origin());
      List<BoundTemplate> valid = holding(bindings, delivery.times().anchorAt());
      return new Candidate(delivery, bindings, valid, claimByAction(delivery.ids(), valid));
    }
  }

  private final SettingsIndex settings;
  private final JourneyCalls calls;

  /** The exposure that is the journey's first of a channel, by template. */
  private final Map<String, String> firstExposures = new HashMap<>();

  private Claims(SettingsIndex settings, JourneyCalls calls) {
    this.settings = settings;
    this.calls = calls;
  }

  /**
   * The claims on a journey's deliveries, in their order.
   *
   * @param journey all of the journey's deliveries but our own calls, in exposures
   */
  static List<Claim> of(SettingsIndex settings, JourneyCalls calls, List<Delivery> journey) {
    Claims claims = new Claims(settings, calls);
    List<Candidate> candidates = new ArrayList<>(journey.size());
    for (Delivery delivery : journey) {
      candidates.add(Candidate.of(delivery, settings));
    }
    claims.noteFirst(candidates);
    List<Claim> result = new ArrayList<>(journey.size());
    for (Candidate candidate : candidates) {
      result.add(claims.claim(candidate));
    }
    return result;
  }

  private void noteFirst(List<Candidate> candidates) {
    List<Candidate> byTime = new ArrayList<>(candidates);
    byTime.removeIf(candidate -> candidate.byAction().isPresent());
    byTime.sort(BY_TIME);
    for (Candidate candidate : byTime) {
      Delivery delivery = candidate.delivery();
      for (BoundTemplate bound : candidate.valid()) {
        if (bound.isOfChannel(delivery.ids().channel())) {
          firstExposures.putIfAbsent(bound.templateId(), delivery.exposure().id());
        }
      }
    }
  }

  private Claim claim(Candidate candidate) {
    UnattributedReason reason = unclaimable(candidate);
    if (reason != null) {
      return Claim.none(reason);
    }
    return candidate.byAction().orElseGet(() -> inferred(candidate.delivery(), candidate.valid()));
  }

  /** Why no binding can claim a delivery; null if one may. */
  private UnattributedReason unclaimable(Candidate candidate) {
    DeliveryIds ids = candidate.delivery().ids();
    if (Channel.of(ids.channel()).isEmpty()) {
      return UnattributedReason.UNCOUNTED_CHANNEL;
    } else if (settings.isInternal(ids.org(), ids.person())) {
      return UnattributedReason.TEST;
    } else if (ids.newsletterId() != null) {
      return UnattributedReason.NEWSLETTER;
    } else if (ids.transactionalMessageId() != null) {
      return UnattributedReason.TRANSACTIONAL;
    } else if (ids.campaignId() == null && ids.broadcastId() == null) {
      return UnattributedReason.NO_ORIGIN;
    } else if (candidate.bindings().isEmpty()) {
      return UnattributedReason.UNBOUND_CAMPAIGN;
    }
    return candidate.valid().isEmpty() ? UnattributedReason.NO_BINDING_AT_TIME : null;
  }

  private static List<BoundTemplate> holding(List<BoundTemplate> bindings, long micros) {
    Instant time = Micros.instant(micros);
    List<BoundTemplate> valid = new ArrayList<>(bindings.size());
    for (BoundTemplate bound : bindings) {
      if (bound.binding().holdsAt(time)) {
        valid.add(bound);
      }
    }
    return valid;
  }

  private static Optional<Claim> claimByAction(DeliveryIds ids, List<BoundTemplate> valid) {
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
