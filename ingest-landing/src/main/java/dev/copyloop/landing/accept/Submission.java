package dev.copyloop.landing.accept;

import dev.copyloop.events.landing.Source;
import dev.copyloop.landing.Arrival;
import dev.copyloop.landing.LandingUnavailableException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The arrivals of one call on their way to the disk.
 *
 * @param bytes about what they take in memory and in the spool
 * @param offeredNanos when the call came, by {@link System#nanoTime}
 */
record Submission(
    List<Arrival> arrivals, long bytes, long offeredNanos, CompletableFuture<Void> durable) {
  private static final int ENVELOPE_BYTES = 512;

  static Submission of(List<Arrival> arrivals) {
    long bytes = 0;
    for (Arrival arrival : arrivals) {
      bytes += arrival.body().bytes().length + ENVELOPE_BYTES;
    }
    return new Submission(
        List.copyOf(arrivals), bytes, System.nanoTime(), new CompletableFuture<>());
  }

  /** The source that it is admitted by: one call has one. */
  Source source() {
    return arrivals.get(0).source();
  }

  /** The org that it is of: one call has one. */
  String org() {
    return arrivals.get(0).org();
  }

  int lines() {
    return arrivals.size();
  }

  void refuse(LandingUnavailableException reason) {
    durable.completeExceptionally(reason);
  }
}
