package dev.copyloop.jobs.attribute.journey;

/**
 * Which copy a delivery carries.
 *
 * @param copyId null unless a generation is known
 * @param copyKey {@code copyId}, {@code control} or {@code unknown}; never null
 * @param stale the profile's attribute was left there by another journey
 * @param reason why a treatment has no copy; null if it has one
 * @param awaitsPerson the person's generations must be searched, not the journey's
 */
public record CopyMatch(
    String copyId,
    String copyKey,
    String generationId,
    boolean stale,
    String reason,
    boolean awaitsPerson) {

  static final String CONTROL = "control";

  /** The copy key of a delivery without a copy that is no control. */
  public static final String UNKNOWN = "unknown";

  static final String NO_GENERATION = "no_generation";

  static CopyMatch of(GenerationRef generation, boolean stale) {
    return new CopyMatch(
        generation.copyId(), generation.copyId(), generation.generationId(), stale, null, false);
  }

  static CopyMatch control() {
    return new CopyMatch(null, CONTROL, null, false, null, false);
  }

  static CopyMatch noGeneration() {
    return new CopyMatch(null, UNKNOWN, null, false, NO_GENERATION, false);
  }

  static CopyMatch awaitingPerson() {
    return new CopyMatch(null, UNKNOWN, null, false, NO_GENERATION, true);
  }

  /** Of an unattributed delivery. */
  static CopyMatch none() {
    return new CopyMatch(null, UNKNOWN, null, false, null, false);
  }
}
