package dev.copyloop.events.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One version of a template's copy.
 *
 * @param copyId its UUID, lower-case
 * @param key a short name for people, unique in the template
 * @param filter the predicate over attrs that admits a person; empty admits everybody
 * @param texts its texts over time by ascending {@code validFrom}, never empty; the last one is
 *     served
 */
public record Variant(
    String copyId, String key, Status status, Optional<JsonNode> filter, List<Texts> texts) {

  public Variant {
    texts = List.copyOf(texts);
    if (texts.isEmpty()) {
      throw new IllegalArgumentException("Invalid variant " + copyId + ": it has no texts");
    }
  }

  /** The texts that are served now: name of the variable to its Liquid. */
  public Map<String, String> vars() {
    return texts.get(texts.size() - 1).vars();
  }

  /** Whether a variant takes part in the draw. */
  public enum Status {
    /** Drawn. */
    ACTIVE,
    /** Not drawn, still answered when forced. */
    PAUSED,
    /** Neither drawn nor answered; kept for its history. */
    ARCHIVED
  }

  /** The texts from a time on: a corrected typo adds one. */
  public record Texts(Instant validFrom, Map<String, String> vars) {
    public Texts {
      vars = Map.copyOf(vars);
    }
  }
}
