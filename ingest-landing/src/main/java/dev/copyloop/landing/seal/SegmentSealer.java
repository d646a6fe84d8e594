package dev.copyloop.landing.seal;

import dev.copyloop.landing.LandingMetrics;
import dev.copyloop.landing.spool.Segment;
import dev.copyloop.landing.spool.SpoolDirectory;
import dev.copyloop.landing.store.Backoff;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts closed segments behind their last acknowledged record and renames them, off the writer's
 * thread, for as long as the disk needs to take it: nothing is uploaded before it is cut, or what
 * is uploaded could differ from what the next start would find.
 */
public final class SegmentSealer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentSealer.class);

  private final SpoolDirectory spool;
  private final LandingMetrics metrics;
  private final Consumer<Segment> next;
  private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "landing-seal"));

  /** Hands sealed segments over to {@code next}. */
  public SegmentSealer(SpoolDirectory spool, LandingMetrics metrics, Consumer<Segment> next) {
    this.spool = spool;
    this.metrics = metrics;
    this.next = next;
  }

  /** Seals it soon. */
  public void seal(Segment segment) {
    thread.execute(() -> attempt(segment));
  }

  private void attempt(Segment segment) {
    try {
      spool.seal(segment.name(), segment.bytes());
    } catch (IOException e) {
      LOG.warn("Cannot seal segment {}; trying again", segment.name().stem(), e);
      retry(segment);
      return;
    }
    backoff.reset();
    metrics.sealed(segment.bytes());
    next.accept(segment);
  }

  private void retry(Segment segment) {
    try {
      TimeUnit.NANOSECONDS.sleep(backoff.next().toNanos());
      thread.execute(() -> attempt(segment));
    } catch (InterruptedException | RejectedExecutionException e) {
      LOG.warn("Segment {} is left open; the next start seals it", segment.name().stem(), e);
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
