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
    Fields fields) {}
