package dev.copyloop.serving.webhook;

import dev.copyloop.serving.access.TokenBucket;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/** How many bodies that do not verify are landed: a bucket per org. Thread-safe. */
final class UnverifiedBudget {
  private final ConcurrentMap<String, TokenBucket> buckets = new ConcurrentHashMap<>();
  private final int perSecond;
  private final LongSupplier nanoClock;

  UnverifiedBudget(int perSecond, LongSupplier nanoClock) {
    this.perSecond = perSecond;
    this.nanoClock = nanoClock;
  }

  /** Takes one body's share of an org's budget; false if it is spent. */
  boolean take(String org) {
    return perSecond > 0
        && buckets.computeIfAbsent(org, slug -> new TokenBucket(perSecond, nanoClock)).take(1) == 0;
  }
}
