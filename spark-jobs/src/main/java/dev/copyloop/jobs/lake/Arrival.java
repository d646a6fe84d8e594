package dev.copyloop.jobs.lake;

import java.time.Duration;

/** How late events come by themselves. */
public final class Arrival {
  /** How long Customer.io retries a webhook: nothing it tells comes later than that by itself. */
  public static final Duration LATEST = Duration.ofDays(7);

  private Arrival() {}
}
