package dev.copyloop.stack.simulate;

import java.time.Duration;
import java.time.Instant;

/**
 * What is simulated; the same values give the same traffic.
 *
 * @param people how many journeys, one per person, from 1
 * @param days over how many days, from {@value #FEWEST_DAYS}: the last two only bring answers
 * @param end no event is later
 */
public record SimulationConfig(int people, int days, long seed, Instant end) {
  static final int FEWEST_DAYS = 3;

  /** The longest time from a send to anything that follows it. */
  static final Duration LONGEST = Duration.ofDays(2);

  public SimulationConfig {
    if (people < 1) {
      throw new IllegalArgumentException("Invalid --people %d: below 1".formatted(people));
    }
    if (days < FEWEST_DAYS || days > 90) {
      throw new IllegalArgumentException(
          "Invalid --days %d: expected %d to 90".formatted(days, FEWEST_DAYS));
    }
  }

  /** When the first journey can begin. */
  public Instant start() {
    return end.minus(Duration.ofDays(days));
  }
}
