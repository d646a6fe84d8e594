package dev.copyloop.events.settings;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One message of one campaign, with the variants of its copy.
 *
 * @param id letters, digits, underscore and hyphen
 * @param fallbackCopyId the variant served when no other can be; one of {@code variants}
 * @param controlCopyId the variant that control gets where generate splits; never drawn
 * @param splits by ascending {@code from}; the campaign splits before the first
 */
public record Template(
    String id,
    Channel channel,
    Optional<String> fallbackCopyId,
    Optional<String> controlCopyId,
    List<Split> splits,
    List<Variant> variants,
    List<Binding> bindings) {

  public Template {
    splits = List.copyOf(splits);
    variants = List.copyOf(variants);
    bindings = List.copyOf(bindings);
  }

  /** The split that holds at a time. */
  public Split splitAt(Instant time) {
    for (int i = splits.size() - 1; i >= 0; i--) {
      if (!time.isBefore(splits.get(i).from())) {
        return splits.get(i);
      }
    }
    return Split.EXTERNAL;
  }

  /** The variant of that copy id. */
  public Optional<Variant> variant(String copyId) {
    return variants.stream().filter(variant -> variant.copyId().equals(copyId)).findFirst();
  }
}
