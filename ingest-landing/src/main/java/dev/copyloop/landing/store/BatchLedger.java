package dev.copyloop.landing.store;

import java.time.Clock;
import java.time.Duration;
import java.util.TreeMap;

/**
 * Which batches are on their way to the store, and the one clock that {@code received_at} is taken
 * from where there is no spool. Thread-safe.
 */
final class BatchLedger {
  private final Clock clock;
  private final TreeMap<Long, Integer> underWay = new TreeMap<>();
  private long lastReceivedMillis;
  private boolean ended;

  BatchLedger(Clock clock) {
    this.clock = clock;
  }

  /** A batch starts: all its lines are received now, epoch milliseconds, never before another's. */
  synchronized long start() {
    lastReceivedMillis = Math.max(lastReceivedMillis, clock.millis());
    underWay.merge(lastReceivedMillis, 1, Integer::sum);
    return lastReceivedMillis;
  }

  /** A batch that was received then is in the store, or nothing of it will come there any more. */
  synchronized void end(long receivedMillis) {
    underWay.computeIfPresent(receivedMillis, (time, count) -> count == 1 ? null : count - 1);
    notifyAll();
  }

  /** Batches on their way. */
  synchronized int size() {
    return underWay.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** What was received before this time is in the store; nothing will be received before it. */
  synchronized long storedThroughMillis() {
    lastReceivedMillis = Math.max(lastReceivedMillis, clock.millis());
    return underWay.isEmpty() ? lastReceivedMillis : underWay.firstKey();
  }

  /** No batch will start any more; waits so long for those under way. */
  synchronized void end(Duration grace) throws InterruptedException {
    ended = true;
    long deadline = System.nanoTime() + grace.toNanos();
    for (long left = grace.toNanos();
        !underWay.isEmpty() && left > 0;
        left = deadline - System.nanoTime()) {
      wait(left / 1_000_000 + 1);
    }
  }

  /** Whether nothing will be received any more and all that was is in the store. */
  synchronized boolean isDrained() {
    return ended && underWay.isEmpty();
  }
}
