package dev.copyloop.serving.decide;

import dev.copyloop.events.settings.Variant;
import dev.copyloop.serving.hydrate.Fields;
import dev.copyloop.serving.hydrate.InvalidLiquidException;
import dev.copyloop.serving.hydrate.LiquidText;
import dev.copyloop.serving.hydrate.Requirements;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A variant ready to be served: its filter compiled, its texts parsed. Immutable.
 *
 * @param vars the texts as they were written, for the record
 * @param weight its weight in the draw, above 0
 */
public record CompiledVariant(
    String copyId,
    Variant.Status status,
    AttributeFilter filter,
    Map<String, String> vars,
    Map<String, LiquidText> texts,
    Requirements requirements,
    double weight) {

  /** The weight of every variant before there is data. */
  private static final double UNIFORM = 1;

  /**
   * Compiles a variant.
   *
   * @throws InvalidFilterException if its filter is none
   * @throws InvalidLiquidException if a text is not Liquid; the message names the variable
   */
  public static CompiledVariant of(Variant variant) {
    Map<String, LiquidText> texts = new LinkedHashMap<>();
    Requirements requirements = Requirements.NONE;
    for (Map.Entry<String, String> text : new TreeMap<>(variant.vars()).entrySet()) {
      LiquidText parsed = LiquidText.parse(text.getKey(), text.getValue());
      texts.put(text.getKey(), parsed);
      requirements = requirements.and(parsed.requirements());
    }
    return new CompiledVariant(
        variant.copyId(),
        variant.status(),
        variant.filter().map(FilterCompiler::compile).orElse(AttributeFilter.EVERYBODY),
        variant.vars(),
        texts,
        requirements,
        UNIFORM);
  }

  /** Whether it takes part in the draw. */
  public boolean active() {
    return status == Variant.Status.ACTIVE;
  }

  /** Whether it is answered when the caller names it. */
  public boolean answerable() {
    return status != Variant.Status.ARCHIVED;
  }

  /** Its texts for these fields, by variable, in the order of their names. */
  public Map<String, String> render(Fields fields) {
    Map<String, String> rendered = new LinkedHashMap<>();
    texts.forEach((name, text) -> rendered.put(name, text.render(fields)));
    return rendered;
  }
}
