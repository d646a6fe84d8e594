package dev.copyloop.serving.generate;

import dev.copyloop.events.generation.GenerationIdentity;
import dev.copyloop.events.generation.GenerationRecord;
import dev.copyloop.landing.Landing;
import dev.copyloop.serving.access.Authorization;
import dev.copyloop.serving.access.Scope;
import dev.copyloop.serving.access.StoredKey;
import dev.copyloop.serving.activity.Activity;
import dev.copyloop.serving.activity.Places;
import dev.copyloop.serving.decide.CompiledTemplate;
import dev.copyloop.serving.decide.CompiledVariant;
import dev.copyloop.serving.decide.Decider;
import dev.copyloop.serving.decide.Decision;
import dev.copyloop.serving.decide.EarlierAnswer;
import dev.copyloop.serving.decide.Question;
import dev.copyloop.serving.http.Exchange;
import dev.copyloop.serving.http.ProblemException;
import dev.copyloop.serving.observe.ServingMetrics;
import dev.copyloop.serving.settings.CompiledOrg;
import dev.copyloop.serving.settings.CurrentSettings;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Answers calls of generate: decide, land the record, and only then answer. Thread-safe.
 *
 * <p>An existing template always gives a copy, since an email without its attribute is not sent.
 */
public final class Generate {
  private final CurrentSettings settings;
  private final Authorization authorization;
  private final Landing landing;
  private final RetryCache retries;
  private final ServedVariants served;
  private final ServingMetrics metrics;
  private final Activity activity;
  private final Clock clock;

  public Generate(
      CurrentSettings settings,
      Authorization authorization,
      Landing landing,
      RetryCache retries,
      ServedVariants served,
      ServingMetrics metrics,
      Activity activity,
      Clock clock) {
    this.settings = settings;
    this.authorization = authorization;
    this.landing = landing;
    this.retries = retries;
    this.served = served;
    this.metrics = metrics;
    this.activity = activity;
    this.clock = clock;
  }

  /** Lets a caller in by its key, before its body is read. */
  Caller admit(Exchange exchange) {
    CompiledOrg org = settings.org(exchange.parameter("org"));
    StoredKey key = authorization.require(exchange, org.keys(), Scope.GENERATE);
    Optional<String> idempotencyKey = exchange.header("x-cio-idempotency-key");
    return new Caller(
        org,
        key,
        idempotencyKey.isPresent() ? idempotencyKey : exchange.header("x-cio-delivery-id"));
  }

  /** Counts the requests of a batch beside the first, for which the caller was let in. */
  void charge(Caller caller, int requests) {
    authorization.charge(caller.key(), requests);
  }

  /** Decides, lands and answers. */
  void answer(Exchange exchange, Caller caller, GenerateRequest request) {
    Prepared prepared = prepare(caller, request);
    exchange.then(
        landing.land(List.of(prepared.arrival())),
        (landed, failure) -> {
          if (failure != null) {
            exchange.fail(failure);
          } else {
            prepared.warning().ifPresent(warning -> exchange.warn(warning));
            answered(prepared);
            exchange.json(200, prepared.answer());
          }
        });
  }

  /**
   * Decides a call; its record must be landed before anybody sees the answer.
   *
   * @throws ProblemException if it can't be answered with a copy
   */
  Prepared prepare(Caller caller, GenerateRequest request) {
    Instant now = clock.instant();
    CompiledTemplate template = template(caller.org(), request);
    Replay replay = replay(caller, request, now);
    UUID generationId = generationId(caller, template, request);
    Decision decision = decide(caller, template, request, generationId, replay.moment());
    return new Prepared(
        template,
        Records.of(caller, template, request, generationId.toString(), decision, now, replay),
        CopyJson.write(template.id(), decision));
  }

  /** Takes note that an answer leaves. */
  void answered(Prepared prepared) {
    GenerationRecord generation = prepared.generation();
    metrics.generationAnswered(generation.arm(), generation.fallback(), generation.forced());
    activity.count(
        generation.org(),
        Places.template(generation.templateId()),
        generation.test() ? "test" : "generate");
    if (!generation.test()) {
      served.mark(generation.org(), generation.copyId());
    }
    if (prepared.warning().isPresent()) {
      metrics.oversizeCopy();
    }
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
    CompiledTemplate template =
        org.template(templateId)
            .orElseThrow(() -> ProblemException.notFound("There is no such template in this org"));
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

  private static UUID generationId(
      Caller caller, CompiledTemplate template, GenerateRequest request) {
    return GenerationIdentity.of(
        caller.org().slug(),
        template.id(),
        request.userId(),
        request.trackingId(),
        caller.idempotencyKey());
  }

  private Decision decide(
      Caller caller,
      CompiledTemplate template,
      GenerateRequest request,
      UUID generationId,
      Instant moment) {
    if (request.malformed()) {
      return Decider.unreadable(template, question(caller, request), moment);
    }
    if (request.copyId().isPresent()) {
      return Decider.forced(template, forced(template, request), request.fields());
    }
    Optional<Decision> before = again(template, request, generationId);
    if (before.isPresent()) {
      return before.get();
    }
    Decision decision = Decider.decide(template, question(caller, request), moment);
    if (request.trackingId().isPresent() || caller.idempotencyKey().isPresent()) {
      retries.put(generationId, EarlierAnswer.of(decision));
    }
    return decision;
  }

  private static Question question(Caller caller, GenerateRequest request) {
    return new Question(
        caller.org().slug(),
        request.userId(),
        request.trackingId(),
        request.matching(),
        request.fields());
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
      CompiledTemplate template, GenerateRequest request, UUID generationId) {
    return retries
        .find(generationId)
        .filter(earlier -> template.variants().containsKey(earlier.copyId()))
        .map(earlier -> Decider.again(template, earlier, request.fields()));
  }
}
