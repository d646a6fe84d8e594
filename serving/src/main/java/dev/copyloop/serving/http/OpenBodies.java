package dev.copyloop.serving.http;

import java.time.Duration;
import java.util.ArrayDeque;

/**
 * The bodies that are on their way on one event loop. All may take the same time, so the oldest is
 * due first, and one look now and then costs less than a timer for each. Confined to its loop.
 */
final class OpenBodies {
  private static final long LONGEST_LOOK_MILLIS = 250;

  private final ArrayDeque<BodyStream> byAge = new ArrayDeque<>();
  private final Duration timeout;
  private final ArrivingBytes arriving;

  /**
   * @param timeout from the request's head to the body's end
   * @param arriving what those of all event loops may hold
   */
  OpenBodies(Duration timeout, ArrivingBytes arriving) {
    this.timeout = timeout;
    this.arriving = arriving;
  }

  /** The part of a body that begins in what all may hold. */
  ArrivingBytes.Part part() {
    return arriving.part();
  }

  /** How often {@link #expire} is to be called, milliseconds. */
  long lookMillis() {
    return Math.max(1, Math.min(LONGEST_LOOK_MILLIS, timeout.toMillis() / 4));
  }

  /** Takes note of one that begins. */
  void add(BodyStream body) {
    dropEnded();
    byAge.addLast(body);
  }

  private void dropEnded() {
    while (!byAge.isEmpty() && byAge.peekFirst().ended()) {
      byAge.removeFirst();
    }
  }

  /** Ends those whose time is over. */
  void expire() {
    long now = System.nanoTime();
    dropEnded();
    while (!byAge.isEmpty() && byAge.peekFirst().isOverdue(now, timeout)) {
      byAge.removeFirst().expire(timeout);
      dropEnded();
    }
  }
}
