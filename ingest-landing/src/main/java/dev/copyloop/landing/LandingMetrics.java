package dev.copyloop.landing;

import dev.copyloop.events.landing.Source;
import dev.copyloop.landing.LandingUnavailableException.Reason;

/**
 * What the landing counts. Implementations are thread-safe and don't block.
 *
 * <p>Relations, in lines, at any moment: received = durable + rejected + in flight. At rest, since
 * the spool was first opened: durable + recovered ≤ stored, and every line of {@code stored} was
 * durable or recovered; lines that were written but not acknowledged make the difference.
 */
public interface LandingMetrics {
  /** Counts nothing. */
  LandingMetrics NONE = new LandingMetrics() {};

  /** {@link Landing#land} was called with so many lines. */
  default void received(int lines) {}

  /** So many lines were acknowledged. */
  default void durable(int lines) {}

  /** So many lines were refused. */
  default void rejected(Reason reason, int lines) {}

  /** One write and sync of so many lines and bytes, in nanoseconds. */
  default void synced(int lines, long bytes, long nanos) {}

  /** A write or sync failed; nothing of its batch was acknowledged. */
  default void syncFailed() {}

  /** A segment was closed and waits for its upload. */
  default void sealed(long bytes) {}

  /** An object is in the store: put now, or found there with equal content. */
  default void stored(Source source, long lines, long bytes) {}

  /** An upload failed and is tried again. */
  default void storeFailed() {}

  /** The store holds other content under one of our keys: nothing was overwritten. */
  default void conflict() {}

  /** Lines found in segments that an earlier process left open. */
  default void recovered(long lines) {}

  /** Bytes of a segment that are not whole records: a torn tail, or damage. */
  default void damaged(long bytes) {}
}
