package dev.copyloop.serving.decide;

import dev.copyloop.events.generation.Arm;
import dev.copyloop.events.generation.FallbackReason;
import dev.copyloop.events.generation.GenerationRecord.Draw;
import dev.copyloop.events.settings.Split;
import dev.copyloop.serving.hydrate.Fields;
import dev.copyloop.serving.hydrate.RenderFailedException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * Chooses a copy of a template that is {@linkplain CompiledTemplate#answerable answerable}: there
 * is always one. Deterministic, except for a person without user and tracking id. Thread-safe.
 */
public final class Decider {
  private Decider() {}

  /** Puts the person into an arm, if generate splits at that time; filters, draws and renders. */
  public static Decision decide(CompiledTemplate template, Question question, Instant time) {
    return inArm(template, question, time, person -> drawn(template, person));
  }

  /** Decides on a call that could not be read whole: treatment gets the fallback copy. */
  public static Decision unreadable(CompiledTemplate template, Question question, Instant time) {
    return inArm(
        template,
        question,
        time,
        person -> fallback(template, person.fields(), FallbackReason.MALFORMED_BODY));
  }

  private static Decision inArm(
      CompiledTemplate template,
      Question question,
      Instant time,
      Function<Question, Decision> treatment) {
    Split split = template.source().splitAt(time);
    if (!split.madeByGenerate() || template.control().isEmpty()) {
      return treatment.apply(question);
    }
    Question person = split.mode() == Split.Mode.PERSISTENT ? question.ofPersonOnly() : question;
    ArmDraw drawn = ArmDraw.of(split, template.id(), person);
    Decision decision =
        drawn.arm() == Arm.CONTROL ? control(template, person) : treatment.apply(person);
    return decision.in(drawn);
  }

  /** The control copy renders without any fields: that is checked when it is set up. */
  private static Decision control(CompiledTemplate template, Question person) {
    CompiledVariant variant = template.control().orElseThrow();
    return new Decision(
        Arm.CONTROL,
        variant,
        1,
        person.anonymous() ? Draw.RANDOM : Draw.HASH,
        Optional.empty(),
        renderedSafely(variant, person.fields()));
  }

  private static Decision drawn(CompiledTemplate template, Question question) {
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
    CompiledVariant drawn = draw(eligible, count, total, unit(template, question));
    return rendered(
        template,
        drawn,
        drawn.weight() / total,
        question.anonymous() ? Draw.RANDOM : Draw.HASH,
        question.fields());
  }

  private static double unit(CompiledTemplate template, Question question) {
    return question.anonymous()
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

  /** Renders what an earlier call of the generation got; its variant must still be answerable. */
  public static Decision again(CompiledTemplate template, EarlierAnswer earlier, Fields fields) {
    CompiledVariant variant = template.variants().get(earlier.copyId());
    return earlier.arm() == Arm.CONTROL || earlier.fallback().isPresent()
        ? new Decision(
            earlier.arm(),
            variant,
            earlier.propensity(),
            earlier.draw(),
            earlier.fallback(),
            renderedSafely(variant, fields))
        : certain(template, variant, earlier.propensity(), earlier.draw(), fields);
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
      return new Decision(
          Arm.TREATMENT, variant, propensity, draw, Optional.empty(), variant.render(fields));
    } catch (RenderFailedException e) {
      return fallback(template, fields, FallbackReason.RENDER_FAILED);
    }
  }

  /** Renders the fallback copy. */
  private static Decision fallback(
      CompiledTemplate template, Fields fields, FallbackReason reason) {
    CompiledVariant variant = template.fallback().orElseThrow();
    return new Decision(
        Arm.TREATMENT, variant, 1, Draw.NONE, Optional.of(reason), renderedSafely(variant, fields));
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
