package dev.copyloop.jobs.report;

/**
 * A rate with its 95 % interval.
 *
 * @param rate from 0 to 1
 * @param low the interval's lower end
 * @param high the interval's upper end
 */
public record Rate(double rate, double low, double high) {

  /** The 97.5 % point of the normal distribution. */
  private static final double Z = 1.959963984540054;

  /**
   * The rate of successes among trials, with Wilson's score interval (E. B. Wilson, 1927), which
   * stays inside 0 and 1 and holds for few successes.
   *
   * @return null if there are no trials
   */
  static Rate of(long successes, long trials) {
    if (trials <= 0) {
      return null;
    }
    double rate = (double) successes / trials;
    double z2 = Z * Z;
    double centre = (rate + z2 / (2 * trials)) / (1 + z2 / trials);
    double half =
        Z
            / (1 + z2 / trials)
            * Math.sqrt(Math.max(0, rate * (1 - rate)) / trials + z2 / (4.0 * trials * trials));
    return new Rate(rate, Math.max(0, centre - half), Math.min(1, centre + half));
  }
}
