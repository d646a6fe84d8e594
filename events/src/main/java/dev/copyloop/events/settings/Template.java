package dev.copyloop.events.settings;

import java.util.List;
import java.util.Optional;

/**
 * One message of one campaign, with the variants of its copy.
 *
 * @param id letters, digits, underscore and hyphen
 * @param fallbackCopyId the variant served when no other can be; one of {@code variants}
 */
public record Template(
    String id,
    Channel channel,
    Optional<String> fallbackCopyId,
    List<Variant> variants,
    List<Binding> bindings) {

  public Template {
    variants = List.copyOf(variants);
    bindings = List.copyOf(bindings);
  }

  /** The variant of that copy id. */
  public Optional<Variant> variant(String copyId) {
    return variants.stream().filter(variant -> variant.copyId().equals(copyId)).findFirst();
  }
}
