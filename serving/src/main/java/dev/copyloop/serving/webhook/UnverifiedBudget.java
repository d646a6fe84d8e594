package dev.copyloop.serving.webhook;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/**
 * How many bodies that do not verify are landed: a bucket per org, refilled evenly, that holds what
 * a burst of ten seconds may use. Thread-safe.
 */
final class UnverifiedBudget {
  private static final int BURST_SECONDS = 10;
  private static final double NANOS_PER_SECOND = 1e9;

  private final ConcurrentMap<String, Bucket> buckets = new ConcurrentHashMap<>();
  private final double perSecond;
  private final LongSupplier nanoClock;

  UnverifiedBudget(int perSecond, LongSupplier nanoClock) {
    this.perSecond = perSecond;
    this.nanoClock = nanoClock;
  }

  private record Bucket(double tokens, long nanos, boolean taken) {}

  /** Takes one body's share of an org's budget; false if it is spent. */
  boolean take(String org) {
    long now = nanoClock.getAsLong();
    return buckets.compute(org, (slug, bucket) -> next(bucket, now)).taken();
  }

  private Bucket next(Bucket bucket, long now) {
    double most = perSecond * BURST_SECONDS;
    double tokens =
        bucket == null
            ? most
            : Math.min(
                most, bucket.tokens() + (now - bucket.nanos()) / NANOS_PER_SECOND * perSecond);
    return tokens >= 1 ? new Bucket(tokens - 1, now, true) : new Bucket(tokens, now, false);
  }
}
