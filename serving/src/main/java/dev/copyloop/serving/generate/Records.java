package dev.copyloop.serving.generate;

import dev.copyloop.events.generation.GenerationRecord;
import dev.copyloop.events.settings.Binding;
import dev.copyloop.events.settings.ExportSettings.Rendered;
import dev.copyloop.serving.decide.CompiledTemplate;
import dev.copyloop.serving.decide.Decision;
import dev.copyloop.serving.settings.InternalRecipients;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Writes down what was true when a call was decided. */
final class Records {
  private static final String UNIFORM_POLICY = "uniform";
  private static final String EMAIL = "email";

  private Records() {}

  /** The record of a decision. */
  static GenerationRecord of(
      Caller caller,
      CompiledTemplate template,
      GenerateRequest request,
      String generationId,
      Decision decision,
      Instant now,
      Replay replay) {
    Instant moment = replay.moment();
    return new GenerationRecord(
        generationId,
        UUID.randomUUID().toString(),
        caller.org().slug(),
        template.id(),
        now.toEpochMilli(),
        moment.toEpochMilli(),
        request.userId(),
        request.trackingId(),
        template.bound(moment, binding -> Optional.of(binding.workspace())),
        template.bound(moment, Binding::campaignId),
        template.bound(moment, Binding::webhookActionId),
        decision.arm(),
        decision.variant().copyId(),
        decision.variant().vars(),
        rendered(caller, decision),
        request.attrs(),
        replay.propensity().orElse(decision.propensity()),
        UNIFORM_POLICY,
        decision.draw(),
        decision.fallback(),
        caller.idempotencyKey(),
        request.copyId().isPresent() && !request.malformed(),
        isTest(caller, request),
        request.replay());
  }

  /** What leaves with the answer; kept only for an org that asked for it. */
  private static Optional<Map<String, String>> rendered(Caller caller, Decision decision) {
    return caller.org().source().exports().shape().rendered() == Rendered.INLINE
        ? Optional.of(decision.rendered())
        : Optional.empty();
  }

  private static boolean isTest(Caller caller, GenerateRequest request) {
    InternalRecipients internal = caller.org().internalRecipients();
    return request.test()
        || request.userId().filter(internal::include).isPresent()
        || request.attr(EMAIL).filter(internal::include).isPresent()
        || request.field(EMAIL).filter(internal::include).isPresent();
  }
}
