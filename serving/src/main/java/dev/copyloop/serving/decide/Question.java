package dev.copyloop.serving.decide;

import dev.copyloop.serving.hydrate.Fields;
import java.util.Map;
import java.util.Optional;

/**
 * Who asks for a copy.
 *
 * @param attributes for the filters: absent ones left out, values in lower case
 */
public record Question(
    String org,
    Optional<String> userId,
    Optional<String> trackingId,
    Map<String, String> attributes,
    Fields fields) {

  /** Whether nothing tells this person from another one. */
  boolean anonymous() {
    return userId.isEmpty() && trackingId.isEmpty();
  }

  /** The same person in whatever journey; one without a user id stays as it is. */
  Question ofPersonOnly() {
    return userId.isPresent() && trackingId.isPresent()
        ? new Question(org, userId, Optional.empty(), attributes, fields)
        : this;
  }
}
