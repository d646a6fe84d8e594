package dev.copyloop.serving.generate;

import dev.copyloop.events.time.EventTime;
import dev.copyloop.serving.http.ProblemException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * What only a replay may set, checked.
 *
 * @param moment when the generation happened: now, unless it is a replay
 * @param propensity in (0, 1]
 */
record Replay(Instant moment, OptionalDouble propensity) {
  /**
   * Reads the two members.
   *
   * @throws ProblemException 400 if one is invalid
   */
  static Replay of(GenerateRequest request, Instant now) {
    return new Replay(
        request.occurredAt().isPresent()
            ? Instant.ofEpochMilli(millis(request.occurredAt().get(), now))
            : now,
        request.propensity().isPresent()
            ? OptionalDouble.of(propensity(request.propensity().get()))
            : OptionalDouble.empty());
  }

  private static long millis(String text, Instant now) {
    long millis;
    try {
      millis = EventTime.parse(text);
    } catch (DateTimeException e) {
      throw ProblemException.invalid(
          "occurred_at is no time: send unix seconds, milliseconds, or ISO 8601 with an offset");
    }
    if (!EventTime.isPlausible(millis, now.toEpochMilli())) {
      throw ProblemException.invalid(
          "occurred_at must lie between 2015-01-01 and an hour from now");
    }
    return millis;
  }

  private static double propensity(String text) {
    try {
      double propensity = Double.parseDouble(text);
      if (propensity > 0 && propensity <= 1) {
        return propensity;
      }
    } catch (NumberFormatException e) {
      throw ProblemException.invalid("propensity is no number: send one in (0, 1]");
    }
    throw ProblemException.invalid("propensity must be above 0 and at most 1");
  }
}
