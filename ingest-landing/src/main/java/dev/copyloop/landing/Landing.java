package dev.copyloop.landing;

import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.events.landing.Source;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Where events become durable. Thread-safe.
 *
 * <p>What is accepted here is in object storage later, at least once, without anybody's help:
 * across kill -9, power cuts, restarts, and outages of the store.
 */
public interface Landing extends AutoCloseable {

  /**
   * Lands all these arrivals or none of them.
   *
   * <p>The future completes, on the landing's own thread, when every arrival is durable: dependents
   * must not block. Otherwise it fails with {@link LandingUnavailableException}; nothing of this
   * call is then acknowledged, though some of it may still be found landed later.
   */
  CompletableFuture<Void> land(List<Arrival> arrivals);

  /**
   * Hands over the newest durable lines of a source that are still in the local spool, oldest
   * first, on the calling thread. How far back is bounded by {@code landing.recent.size}.
   */
  void recent(Source source, Consumer<LandingLine> consumer);

  /** What the landing does at this moment. */
  LandingState state();

  /**
   * Drains: refuses new arrivals, makes the accepted ones durable, seals and uploads them within
   * {@code landing.drain.grace}. What is not uploaded by then stays in the spool and is uploaded
   * after the next start.
   */
  @Override
  void close();
}
