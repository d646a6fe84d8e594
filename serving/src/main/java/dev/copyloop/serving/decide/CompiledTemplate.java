package dev.copyloop.serving.decide;

import dev.copyloop.events.settings.Binding;
import dev.copyloop.events.settings.Template;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A template ready to be answered. Immutable.
 *
 * @param source its settings
 * @param variants the answerable ones by copy id
 * @param active those in the draw, by ascending copy id
 * @param fallback the variant that everybody can get; empty: the template can't be answered yet
 * @param control what control gets where generate splits; not in the draw
 */
public record CompiledTemplate(
    Template source,
    Map<String, CompiledVariant> variants,
    List<CompiledVariant> active,
    Optional<CompiledVariant> fallback,
    Optional<CompiledVariant> control) {

  /**
   * Compiles a template.
   *
   * @throws InvalidFilterException if a variant's filter is none
   * @throws dev.copyloop.serving.hydrate.InvalidLiquidException if a text is not Liquid
   */
  public static CompiledTemplate of(Template template) {
    Map<String, CompiledVariant> variants = new HashMap<>();
    template
        .variants()
        .forEach(variant -> variants.put(variant.copyId(), CompiledVariant.of(variant)));
    variants.values().removeIf(variant -> !variant.answerable());
    List<CompiledVariant> active = new ArrayList<>(variants.values());
    active.removeIf(
        variant ->
            !variant.active()
                || template.controlCopyId().filter(variant.copyId()::equals).isPresent());
    active.sort(Comparator.comparing(CompiledVariant::copyId));
    return new CompiledTemplate(
        template,
        Map.copyOf(variants),
        List.copyOf(active),
        fallback(template, variants, active),
        template.controlCopyId().map(variants::get));
  }

  private static Optional<CompiledVariant> fallback(
      Template template, Map<String, CompiledVariant> variants, List<CompiledVariant> active) {
    if (template.fallbackCopyId().isPresent()) {
      return template.fallbackCopyId().map(variants::get);
    }
    return active.stream()
        .filter(variant -> variant.requirements().clauses().isEmpty())
        .findFirst();
  }

  /** Its id. */
  public String id() {
    return source.id();
  }

  /** Whether a call can be answered with a usable copy, whatever it holds. */
  public boolean answerable() {
    return fallback.isPresent() && !active.isEmpty();
  }

  /**
   * A property of the binding that holds at a time; empty if none holds, or if several hold and
   * disagree: a wrong campaign in the record is worse than none.
   */
  public Optional<String> bound(Instant time, Function<Binding, Optional<String>> property) {
    Optional<String> agreed = Optional.empty();
    boolean first = true;
    for (Binding binding : source.bindings()) {
      if (!binding.holdsAt(time)) {
        continue;
      }
      Optional<String> value = property.apply(binding);
      if (first) {
        agreed = value;
        first = false;
      } else if (!agreed.equals(value)) {
        return Optional.empty();
      }
    }
    return agreed;
  }
}
