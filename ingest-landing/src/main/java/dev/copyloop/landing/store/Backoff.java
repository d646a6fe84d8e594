package dev.copyloop.landing.store;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Waiting times that double up to a cap, with the upper half left to chance. Not thread-safe. */
public final class Backoff {
  private final long firstNanos;
  private final long longestNanos;
  private long nextNanos;

  /** Waits {@code first} at most, then twice as long each time, up to {@code longest}. */
  public Backoff(Duration first, Duration longest) {
    this.firstNanos = first.toNanos();
    this.longestNanos = longest.toNanos();
    this.nextNanos = firstNanos;
  }

  /** How long to wait after one more failure. */
  public Duration next() {
    long wait = nextNanos;
    nextNanos = Math.min(longestNanos, 2 * nextNanos);
    return Duration.ofNanos(wait / 2 + ThreadLocalRandom.current().nextLong(wait / 2 + 1));
  }

  /** Starts anew after a success. */
  public void reset() {
    nextNanos = firstNanos;
  }
}
