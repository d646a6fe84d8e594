package dev.copyloop.serving.generate;

import dev.copyloop.events.generation.GenerationRecord;
import dev.copyloop.events.generation.GenerationRecordJson;
import dev.copyloop.events.landing.LandedBody;
import dev.copyloop.events.landing.Source;
import dev.copyloop.events.landing.Verification;
import dev.copyloop.events.settings.AttributeScope;
import dev.copyloop.landing.Arrival;
import dev.copyloop.serving.decide.CompiledTemplate;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A decided call whose record is not landed yet: nobody may see the answer before it is. Not
 * changed after it was made.
 */
final class Prepared {
  private static final int PROFILE_ATTRIBUTE_LIMIT = 1_000;

  private final CompiledTemplate template;
  private final GenerationRecord generation;
  private final byte[] copy;

  /**
   * @param copy the copy as JSON, UTF-8
   */
  Prepared(CompiledTemplate template, GenerationRecord generation, byte[] copy) {
    this.template = template;
    this.generation = generation;
    this.copy = copy;
  }

  /** Its record. */
  GenerationRecord generation() {
    return generation;
  }

  /** The record as it is landed. */
  Arrival arrival() {
    return new Arrival(
        generation.callId(),
        generation.org(),
        Source.GENERATE,
        Verification.VERIFIED,
        generation.workspace(),
        Map.of(),
        new LandedBody.Json(GenerationRecordJson.write(generation)));
  }

  /** The answer as JSON, UTF-8. */
  byte[] answer() {
    return CopyJson.answer(copy, generation.generationId(), generation.arm());
  }

  /** What the caller should know about the copy; empty if all is well. */
  Optional<String> warning() {
    return copy.length > PROFILE_ATTRIBUTE_LIMIT && storedOnProfile()
        ? Optional.of("copy is " + copy.length + " bytes; Customer.io keeps 1000 on a profile")
        : Optional.empty();
  }

  private boolean storedOnProfile() {
    return template
        .bound(
            Instant.ofEpochMilli(generation.occurredAtMillis()),
            binding -> Optional.of(binding.attributeScope().label()))
        .filter(AttributeScope.CUSTOMER.label()::equals)
        .isPresent();
  }
}
