package dev.copyloop.serving.decide;

import dev.copyloop.events.generation.Arm;
import dev.copyloop.events.generation.FallbackReason;
import dev.copyloop.events.generation.GenerationRecord;
import dev.copyloop.events.generation.GenerationRecord.Draw;
import java.util.Optional;

/** What an earlier call of the same generation was answered with. */
public record EarlierAnswer(
    Arm arm, String copyId, double propensity, Draw draw, Optional<FallbackReason> fallback) {

  /** What a decision comes to. */
  public static EarlierAnswer of(Decision decision) {
    return new EarlierAnswer(
        decision.arm(),
        decision.variant().copyId(),
        decision.propensity(),
        decision.draw(),
        decision.fallback());
  }

  /** What a record tells. */
  public static EarlierAnswer of(GenerationRecord generation) {
    return new EarlierAnswer(
        generation.arm(),
        generation.copyId(),
        generation.propensity(),
        generation.draw(),
        generation.fallback());
  }
}
