package dev.copyloop.landing.accept;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How fast segments fill, measured about once a second. Used by one thread alone. */
final class FillRate {
  private static final long MEASURED_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  /**
   * Where segments fill faster, batches are large: to write every byte twice costs the disk more
   * than their syncs would gain.
   */
  private static final Duration CALM = Duration.ofSeconds(10);

  private final LongSupplier clock;
  private double perSecond;
  private long sinceNanos;
  private long sinceBytes;

  /**
   * @param clock in nanoseconds
   */
  FillRate(LongSupplier clock) {
    this.clock = clock;
    this.sinceNanos = clock.getAsLong();
  }

  /** Whether the rate is known anew, now that all segments together took so many bytes. */
  boolean measured(long bytes) {
    long elapsed = clock.getAsLong() - sinceNanos;
    if (elapsed < MEASURED_NANOS) {
      return false;
    }
    perSecond = (bytes - sinceBytes) * NANOS_PER_SECOND / elapsed;
    sinceNanos += elapsed;
    sinceBytes = bytes;
    return true;
  }

  /** Whether a segment of that size lasts long enough to be worth preparing. */
  boolean isCalm(long segmentBytes) {
    return bytesIn(CALM) <= segmentBytes;
  }

  /** What comes in so long. */
  long bytesIn(Duration duration) {
    return (long) (perSecond * duration.toNanos() / NANOS_PER_SECOND);
  }
}
