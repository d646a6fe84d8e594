package dev.copyloop.serving.decide;

import dev.copyloop.events.generation.Arm;
import dev.copyloop.events.generation.FallbackReason;
import dev.copyloop.events.generation.GenerationRecord.Draw;
import java.util.Map;
import java.util.Optional;

/**
 * What was chosen and how.
 *
 * @param propensity the exact probability with which arm and variant were chosen, in (0, 1]
 * @param fallback why the template's fallback copy was taken; empty if it was not
 * @param rendered its texts for this person
 */
public record Decision(
    Arm arm,
    CompiledVariant variant,
    double propensity,
    Draw draw,
    Optional<FallbackReason> fallback,
    Map<String, String> rendered) {

  /** The same in an arm that had a probability of its own. */
  Decision in(ArmDraw drawn) {
    return new Decision(
        drawn.arm(), variant, propensity * drawn.probability(), draw, fallback, rendered);
  }
}
