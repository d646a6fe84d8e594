package dev.copyloop.serving.access;

import java.util.function.LongSupplier;

/**
 * A budget that is refilled evenly and holds what a burst of ten seconds may use. Thread-safe.
 *
 * <p>The algorithm is the token bucket of RFC 2697, section 3, in one colour.
 */
public final class TokenBucket {
  private static final int BURST_SECONDS = 10;
  private static final double NANOS_PER_SECOND = 1e9;

  private final double perSecond;
  private final LongSupplier nanoClock;
  private double tokens;
  private long nanos;

  /** A full bucket. */
  public TokenBucket(double perSecond, LongSupplier nanoClock) {
    this.perSecond = perSecond;
    this.nanoClock = nanoClock;
    this.tokens = perSecond * BURST_SECONDS;
    this.nanos = nanoClock.getAsLong();
  }

  /**
   * Takes so many tokens, or none if there are too few. More than it can ever hold are taken from a
   * full bucket, and owed.
   *
   * @return 0 if they were taken, else the seconds until they will be there, at least 1
   */
  public synchronized long take(int wanted) {
    double most = perSecond * BURST_SECONDS;
    long now = nanoClock.getAsLong();
    tokens = Math.min(most, tokens + (now - nanos) / NANOS_PER_SECOND * perSecond);
    nanos = now;
    double needed = Math.min(wanted, most);
    if (tokens >= needed && needed > 0) {
      tokens -= wanted;
      return 0;
    }
    return Math.max(1, (long) Math.ceil((needed - tokens) / perSecond));
  }
}
