package dev.copyloop.landing.accept;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How long the writer waits for company before it syncs, so that syncs don't grow with the load.
 *
 * <p>At a low rate not at all: a batch forms while the sync before it runs. From there on the wait
 * grows with the rate, until a batch of {@value #ENOUGH_SUBMISSIONS} comes together. It ends early
 * when nothing more comes: then all senders wait for this very sync, see {@link Senders}; a pause
 * of many senders, of the client or of this process ends one wait only. Used by one thread alone.
 */
final class Linger {
  /** What one sync is worth: 7 syncs for 1,000 lines. */
  static final int ENOUGH_SUBMISSIONS = 144;

  private static final long ENOUGH_BYTES = 512 * 1024;
  private static final double NOT_BELOW_PER_SECOND = 2_000;
  private static final double FULL_AT_PER_SECOND = 8_000;
  private static final double LONGEST_NANOS = TimeUnit.MICROSECONDS.toNanos(14_400);

  /** Shorter looks cost more than what they tell. */
  private static final double SHORTEST_LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

  /**
   * At a steady rate hardly any gap is as long as so many mean gaps, even if it comes in bursts.
   */
  private static final double GAPS_THAT_MEAN_A_PAUSE = 16;

  /** Long enough for a rate, short enough for one that begins: until it is known, all sync. */
  private static final double MEMORY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  private final ArrivalQueue queue;
  private final LongSupplier clock;
  private final Pause pause;
  private double perSecond;
  private long measuredNanos;
  private final Senders senders = new Senders(ENOUGH_SUBMISSIONS);
  private int taken;

  /** Waits until so many submissions are there, at most so long. */
  @FunctionalInterface
  interface Pause {
    void await(int submissions, long nanos) throws InterruptedException;
  }

  /** For what waits in that queue, by the real time. */
  Linger(ArrivalQueue queue) {
    this(queue, System::nanoTime, queue::await);
  }

  /**
   * @param clock in nanoseconds
   */
  Linger(ArrivalQueue queue, LongSupplier clock, Pause pause) {
    this.queue = queue;
    this.clock = clock;
    this.pause = pause;
    this.measuredNanos = clock.getAsLong();
  }

  /** Waits, unless enough waits already. */
  void await() throws InterruptedException {
    long now = clock.getAsLong();
    double rate = rate(0, now);
    long end = now + longest(rate);
    long look =
        (long) Math.max(SHORTEST_LOOK_NANOS, GAPS_THAT_MEAN_A_PAUSE / rate * NANOS_PER_SECOND);
    int enough = senders.enough();
    int before = 0;
    int waiting = queue.size();
    while (waiting > before && waiting < enough && queue.bytes() < ENOUGH_BYTES && now < end) {
      pause.await(enough, Math.min(look, end - now));
      before = waiting;
      waiting = queue.size();
      now = clock.getAsLong();
    }
    if (waiting == before && waiting > 0) {
      senders.paused(waiting);
    } else {
      senders.wentOn();
    }
  }

  /** So many submissions were taken just now. */
  void taken(int submissions) {
    taken = submissions;
    long now = clock.getAsLong();
    perSecond = rate(submissions, now);
    measuredNanos = now;
  }

  /** What was taken is synced, and its senders don't know it yet: whatever came is from others. */
  void synced() {
    double atThatRate = perSecond * (clock.getAsLong() - measuredNanos) / NANOS_PER_SECOND;
    senders.synced(taken, queue.size(), atThatRate);
  }

  /** The rate, submissions per second, if so many came since it was measured last. */
  private double rate(int submissions, long now) {
    double elapsed = Math.max(1, now - measuredNanos);
    double weight = -Math.expm1(-elapsed / MEMORY_NANOS);
    return perSecond + weight * (submissions * NANOS_PER_SECOND / elapsed - perSecond);
  }

  /** The longest wait at a rate, nanoseconds. */
  static long longest(double perSecond) {
    double share = (perSecond - NOT_BELOW_PER_SECOND) / (FULL_AT_PER_SECOND - NOT_BELOW_PER_SECOND);
    return (long) (LONGEST_NANOS * Math.max(0, Math.min(1, share)));
  }
}
