package dev.copyloop.jobs.attribute.journey;

import dev.copyloop.events.generation.Arm;
import java.util.Optional;

/** What a treatment's delivery becomes, once its generation was searched. */
final class Matched {

  private Matched() {}

  /** The delivery with the copy of its generation; a test's delivery is in no arm. */
  static Delivery treatment(Delivery delivery, Claim claim, Optional<GenerationRef> found) {
    if (found.isEmpty()) {
      return delivery.with(claim, CopyMatch.noGeneration());
    }
    GenerationRef generation = found.get();
    if (generation.test()) {
      return delivery.unattributed(Claim.none(UnattributedReason.TEST));
    }
    boolean stale =
        delivery.ids().journeyId() != null
            && !delivery.ids().journeyId().equals(generation.trackingId());
    if (generation.arm() == Arm.CONTROL) {
      return stale
          ? delivery.with(claim, CopyMatch.noGeneration())
          : delivery.with(claim.byGeneration(Arm.CONTROL), CopyMatch.control());
    }
    return delivery.with(claim, CopyMatch.of(generation, stale));
  }
}
