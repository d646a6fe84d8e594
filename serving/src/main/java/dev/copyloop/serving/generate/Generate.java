package dev.copyloop.serving.generate;

import dev.copyloop.events.generation.Arm;
import dev.copyloop.events.generation.FallbackReason;
import dev.copyloop.events.generation.GenerationIdentity;
import dev.copyloop.events.generation.GenerationRecord;
import dev.copyloop.events.generation.GenerationRecordJson;
import dev.copyloop.events.landing.LandedBody;
import dev.copyloop.events.landing.Source;
import dev.copyloop.events.landing.Verification;
import dev.copyloop.events.settings.AttributeScope;
import dev.copyloop.events.settings.Binding;
import dev.copyloop.landing.Arrival;
import dev.copyloop.landing.Landing;
import dev.copyloop.serving.access.Authorization;
import dev.copyloop.serving.access.Scope;
import dev.copyloop.serving.access.StoredKey;
import dev.copyloop.serving.decide.CompiledTemplate;
import dev.copyloop.serving.decide.CompiledVariant;
import dev.copyloop.serving.decide.Decider;
import dev.copyloop.serving.decide.Decision;
import dev.copyloop.serving.decide.Question;
import dev.copyloop.serving.http.Exchange;
import dev.copyloop.serving.http.ProblemException;
import dev.copyloop.serving.observe.ServingMetrics;
import dev.copyloop.serving.settings.CompiledOrg;
import dev.copyloop.serving.settings.CurrentSettings;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Answers calls of generate: decide, land the record, and only then answer. Thread-safe.
 *
 * <p>An existing template always gives a copy, since an email without its attribute is not sent.
 */
public final class Generate {
  private static final String UNIFORM_POLICY = "uniform";
  private static final int PROFILE_ATTRIBUTE_LIMIT = 1_000;

  private final CurrentSettings settings;
  private final Landing landing;
  private final RetryCache retries;
  private final ServedVariants served;
  private final ServingMetrics metrics;
  private final Clock clock;

  public Generate(
      CurrentSettings settings,
      Landing landing,
      RetryCache retries,
      ServedVariants served,
      ServingMetrics metrics,
      Clock clock) {
    this.settings = settings;
    this.landing = landing;
    this.retries = retries;
    this.served = served;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Who calls. */
  record Caller(CompiledOrg org, StoredKey key, Optional<String> idempotencyKey) {}

  /** Lets a caller in by its key, before its body is read. */
  Caller admit(Exchange exchange) {
    CompiledOrg org = settings.org(exchange.parameter("org"));
    StoredKey key = Authorization.require(exchange, org.keys(), Scope.GENERATE);
    Optional<String> idempotencyKey = exchange.header("x-cio-idempotency-key");
    return new Caller(
        org,
        key,
        idempotencyKey.isPresent() ? idempotencyKey : exchange.header("x-cio-delivery-id"));
  }

  /** Decides, lands and answers. */
  void answer(Exchange exchange, Caller caller, GenerateRequest request) {
    Instant now = clock.instant();
    CompiledTemplate template = template(caller.org(), request);
    Replay replay = replay(caller, request, now);
    String generationId = generationId(caller, template, request);
    Decision decision = decide(caller, template, request, generationId);
    GenerationRecord generation =
        record(caller, template, request, replay, generationId, decision, now);
    byte[] copy = CopyJson.write(template.id(), decision);
    exchange.then(
        landing.land(List.of(arrival(generation))),
        (landed, failure) -> {
          if (failure != null) {
            exchange.fail(failure);
          } else {
            answered(exchange, template, generation, copy);
          }
        });
  }

  private void answered(
      Exchange exchange, CompiledTemplate template, GenerationRecord generation, byte[] copy) {
    metrics.generationAnswered(generation.fallback(), generation.forced());
    if (!generation.test()) {
      served.mark(generation.org(), generation.copyId());
    }
    if (copy.length > PROFILE_ATTRIBUTE_LIMIT && storedOnProfile(template, generation)) {
      metrics.oversizeCopy();
      exchange
          .request()
          .response()
          .putHeader(
              "X-Copyloop-Warning",
              "copy is " + copy.length + " bytes; Customer.io keeps 1000 on a profile");
    }
    exchange.json(200, CopyJson.answer(copy, generation.generationId()));
  }

  private static boolean storedOnProfile(CompiledTemplate template, GenerationRecord generation) {
    return template
        .bound(
            Instant.ofEpochMilli(generation.occurredAtMillis()),
            binding -> Optional.of(binding.attributeScope().label()))
        .filter(AttributeScope.CUSTOMER.label()::equals)
        .isPresent();
  }

  private static CompiledTemplate template(CompiledOrg org, GenerateRequest request) {
    String templateId =
        request
            .templateId()
            .orElseThrow(
                () ->
                    ProblemException.invalid(
                        request.malformed()
                            ? "The body is no JSON object, and no template_id can be read from it:"
                                + " use the body that the template's setup shows"
                            : "template_id is missing"));
    CompiledTemplate template = org.templates().get(templateId);
    if (template == null) {
      throw ProblemException.notFound("There is no such template in this org");
    }
    if (!template.answerable()) {
      throw ProblemException.conflict(
          "Template "
              + template.id()
              + " has no active variant that everybody can get: create one without required"
              + " fields");
    }
    return template;
  }

  private static Replay replay(Caller caller, GenerateRequest request, Instant now) {
    if (request.replay() && !caller.key().scopes().contains(Scope.REPLAY)) {
      throw ProblemException.forbidden(
          "occurred_at and propensity are for keys with the scope replay: leave them out");
    }
    return Replay.of(request, now);
  }

  private static String generationId(
      Caller caller, CompiledTemplate template, GenerateRequest request) {
    return GenerationIdentity.of(
            caller.org().slug(),
            template.id(),
            request.userId(),
            request.trackingId(),
            caller.idempotencyKey())
        .toString();
  }

  private Decision decide(
      Caller caller, CompiledTemplate template, GenerateRequest request, String generationId) {
    if (request.malformed()) {
      return Decider.fallback(template, request.fields(), FallbackReason.MALFORMED_BODY);
    }
    if (request.copyId().isPresent()) {
      return Decider.forced(template, forced(template, request), request.fields());
    }
    Optional<Decision> before = again(template, request, generationId);
    if (before.isPresent()) {
      return before.get();
    }
    Decision decision =
        Decider.decide(
            template,
            new Question(
                caller.org().slug(),
                request.userId(),
                request.trackingId(),
                request.matching(),
                request.fields()));
    if (request.trackingId().isPresent() || caller.idempotencyKey().isPresent()) {
      retries.put(generationId, decision);
    }
    return decision;
  }

  private static CompiledVariant forced(CompiledTemplate template, GenerateRequest request) {
    CompiledVariant variant = template.variants().get(request.copyId().orElseThrow());
    if (variant == null) {
      throw ProblemException.notFound(
          "copy_id is no variant of template " + template.id() + " that can be answered");
    }
    return variant;
  }

  /** The decision that a retry repeats; empty if this is the first call, or its copy is gone. */
  private Optional<Decision> again(
      CompiledTemplate template, GenerateRequest request, String generationId) {
    return retries
        .find(generationId)
        .filter(answer -> template.variants().containsKey(answer.copyId()))
        .map(
            answer -> {
              CompiledVariant variant = template.variants().get(answer.copyId());
              return answer.fallback().isPresent()
                  ? Decider.fallback(template, request.fields(), answer.fallback().get())
                  : Decider.again(
                      template, variant, answer.propensity(), answer.draw(), request.fields());
            });
  }

  private static GenerationRecord record(
      Caller caller,
      CompiledTemplate template,
      GenerateRequest request,
      Replay replay,
      String generationId,
      Decision decision,
      Instant now) {
    long occurredAt = replay.occurredAtMillis().orElse(now.toEpochMilli());
    Instant moment = Instant.ofEpochMilli(occurredAt);
    return new GenerationRecord(
        generationId,
        UUID.randomUUID().toString(),
        caller.org().slug(),
        template.id(),
        now.toEpochMilli(),
        occurredAt,
        request.userId(),
        request.trackingId(),
        template.bound(moment, binding -> Optional.of(binding.workspace())),
        template.bound(moment, Binding::campaignId),
        template.bound(moment, Binding::webhookActionId),
        Arm.TREATMENT,
        decision.variant().copyId(),
        decision.variant().vars(),
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

  private static boolean isTest(Caller caller, GenerateRequest request) {
    return request.test()
        || request.userId().filter(caller.org().internalRecipients()::contains).isPresent();
  }

  private static Arrival arrival(GenerationRecord generation) {
    return new Arrival(
        generation.callId(),
        generation.org(),
        Source.GENERATE,
        Verification.VERIFIED,
        generation.workspace(),
        Map.of(),
        new LandedBody.Json(GenerationRecordJson.write(generation)));
  }
}
