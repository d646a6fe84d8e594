package dev.copyloop.jobs.attribute.journey;

import dev.copyloop.jobs.attribute.row.Micros;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds the generation whose copy a message carries. Customer.io's times are whole seconds, so a
 * generation of the same second is not later than the message.
 */
final class CopySearch {

  private static final long SECOND = 1_000_000;

  /** A generation so much later than the rendering is still its own: two clocks are compared. */
  static final Duration CLOCK_ALLOWANCE = Duration.ofMinutes(5);

  /** How old a person's generation may be for a delivery that names no journey. */
  static final Duration MAX_DELAY = Duration.ofDays(7);

  private static final Comparator<GenerationRef> BY_TIME =
      Comparator.comparingLong(GenerationRef::occurredAt)
          .thenComparing(GenerationRef::generationId);

  private CopySearch() {}

  /**
   * The latest generation of a journey not later than the message; if there is none, the earliest
   * within the clock allowance after it.
   *
   * @param generations of one template and one journey, in any order
   * @param copyAt epoch microseconds
   */
  static Optional<GenerationRef> inJourney(List<GenerationRef> generations, long copyAt) {
    long limit = copyAt + Micros.of(CLOCK_ALLOWANCE);
    return latest(generations, generation -> notLater(generation, copyAt))
        .or(() -> earliest(generations, generation -> generation.occurredAt() < limit));
  }

  /** The latest generation of a person not later than the message, of any journey and age. */
  static Optional<GenerationRef> ofPerson(List<GenerationRef> generations, long copyAt) {
    return latest(generations, generation -> notLater(generation, copyAt));
  }

  /** The same, not older than {@link #MAX_DELAY}. */
  static Optional<GenerationRef> recentOfPerson(List<GenerationRef> generations, long copyAt) {
    long oldest = copyAt - Micros.of(MAX_DELAY);
    return latest(
        generations,
        generation -> notLater(generation, copyAt) && generation.occurredAt() > oldest);
  }

  private static Optional<GenerationRef> latest(
      List<GenerationRef> generations, Predicate<GenerationRef> eligible) {
    GenerationRef latest = null;
    for (GenerationRef each : generations) {
      if (eligible.test(each) && (latest == null || BY_TIME.compare(each, latest) > 0)) {
        latest = each;
      }
    }
    return Optional.ofNullable(latest);
  }

  private static Optional<GenerationRef> earliest(
      List<GenerationRef> generations, Predicate<GenerationRef> eligible) {
    GenerationRef earliest = null;
    for (GenerationRef each : generations) {
      if (eligible.test(each) && (earliest == null || BY_TIME.compare(each, earliest) < 0)) {
        earliest = each;
      }
    }
    return Optional.ofNullable(earliest);
  }

  private static boolean notLater(GenerationRef generation, long copyAt) {
    return Math.floorDiv(generation.occurredAt(), SECOND) <= Math.floorDiv(copyAt, SECOND);
  }
}
