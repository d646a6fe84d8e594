package dev.copyloop.serving.generate;

import dev.copyloop.serving.hydrate.Fields;
import java.util.Map;
import java.util.Optional;

/**
 * A call as it was read.
 *
 * @param templateId empty if the caller gave none
 * @param attrs as recorded: absent ones left out
 * @param matching the same in lower case, for the filters
 * @param copyId the variant that the caller forces, in lower case
 * @param occurredAt a replay's time, as it was written
 * @param propensity a replay's propensity, as it was written
 * @param malformed whether the body was no JSON object and only part of it could be read
 */
public record GenerateRequest(
    Optional<String> templateId,
    Optional<String> userId,
    Optional<String> trackingId,
    Map<String, String> attrs,
    Map<String, String> matching,
    Fields fields,
    Optional<String> copyId,
    boolean test,
    Optional<String> occurredAt,
    Optional<String> propensity,
    boolean malformed) {

  /** An attribute as text. */
  Optional<String> attr(String name) {
    return Optional.ofNullable(attrs.get(name));
  }

  /** A field that is a text. */
  Optional<String> field(String name) {
    return fields.values().get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** Whether the caller sets what only a replay may set. */
  public boolean replay() {
    return occurredAt.isPresent() || propensity.isPresent();
  }
}
