package dev.copyloop.serving.decide;

import dev.copyloop.events.generation.FallbackReason;
import dev.copyloop.events.generation.GenerationRecord.Draw;
import dev.copyloop.serving.hydrate.Fields;
import dev.copyloop.serving.hydrate.RenderFailedException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Chooses a copy of a template that is {@linkplain CompiledTemplate#answerable answerable}: there
 * is always one. Deterministic, except for a person without user and tracking id. Thread-safe.
 */
public final class Decider {
  private Decider() {}

  /** Filters, draws and renders. */
  public static Decision decide(CompiledTemplate template, Question question) {
    CompiledVariant[] eligible = new CompiledVariant[template.active().size()];
    int count = 0;
    double total = 0;
    boolean anyAdmitted = false;
    for (CompiledVariant variant : template.active()) {
      if (variant.filter().admits(question.attributes())) {
        anyAdmitted = true;
        if (variant.requirements().metBy(question.fields())) {
          eligible[count++] = variant;
          total += variant.weight();
        }
      }
    }
    if (count == 0) {
      return fallback(
          template,
          question.fields(),
          anyAdmitted ? FallbackReason.MISSING_FIELD : FallbackReason.NO_ELIGIBLE_VARIANT);
    }
    boolean anonymous = question.userId().isEmpty() && question.trackingId().isEmpty();
    CompiledVariant drawn = draw(eligible, count, total, unit(anonymous, template, question));
    return rendered(
        template,
        drawn,
        drawn.weight() / total,
        anonymous ? Draw.RANDOM : Draw.HASH,
        question.fields());
  }

  private static double unit(boolean anonymous, CompiledTemplate template, Question question) {
    return anonymous
        ? ThreadLocalRandom.current().nextDouble()
        : DrawHash.unit(
            DrawHash.of(
                question.org(),
                template.id(),
                question.userId().orElse(""),
                question.trackingId().orElse("")));
  }

  private static CompiledVariant draw(
      CompiledVariant[] eligible, int count, double total, double unit) {
    double remaining = unit * total;
    for (int i = 0; i < count - 1; i++) {
      remaining -= eligible[i].weight();
      if (remaining < 0) {
        return eligible[i];
      }
    }
    return eligible[count - 1];
  }

  /** Renders the variant that the caller named: no filter, no draw. */
  public static Decision forced(CompiledTemplate template, CompiledVariant variant, Fields fields) {
    return certain(template, variant, 1, Draw.NONE, fields);
  }

  /** Renders the variant that an earlier answer of the same generation had. */
  public static Decision again(
      CompiledTemplate template,
      CompiledVariant variant,
      double propensity,
      Draw draw,
      Fields fields) {
    return certain(template, variant, propensity, draw, fields);
  }

  private static Decision certain(
      CompiledTemplate template,
      CompiledVariant variant,
      double propensity,
      Draw draw,
      Fields fields) {
    return variant.requirements().metBy(fields)
        ? rendered(template, variant, propensity, draw, fields)
        : fallback(template, fields, FallbackReason.MISSING_FIELD);
  }

  private static Decision rendered(
      CompiledTemplate template,
      CompiledVariant variant,
      double propensity,
      Draw draw,
      Fields fields) {
    try {
      return new Decision(variant, propensity, draw, Optional.empty(), variant.render(fields));
    } catch (RenderFailedException e) {
      return fallback(template, fields, FallbackReason.RENDER_FAILED);
    }
  }

  /** Renders the fallback copy. */
  public static Decision fallback(CompiledTemplate template, Fields fields, FallbackReason reason) {
    CompiledVariant variant = template.fallback().orElseThrow();
    return new Decision(
        variant, 1, Draw.NONE, Optional.of(reason), renderedSafely(variant, fields));
  }

  /** A fallback renders without any fields: that is checked when it is set up. */
  private static Map<String, String> renderedSafely(CompiledVariant variant, Fields fields) {
    try {
      return variant.render(fields);
    } catch (RenderFailedException e) {
      return variant.render(Fields.NONE);
    }
  }
}
