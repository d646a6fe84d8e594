package dev.copyloop.landing;

import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.events.landing.Source;
import dev.copyloop.landing.LandingState.Phase;
import dev.copyloop.landing.accept.Acceptor;
import dev.copyloop.landing.store.BatchUploader;
import dev.copyloop.landing.store.ObjectStore;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lands in object storage directly, for hosts whose disk does not survive: what arrives within a
 * short window is put together, and acknowledged when the store has confirmed it.
 *
 * <p>While the store is away nothing is taken: there is nowhere to keep it. Thread-safe.
 */
public final class ObjectLanding implements Landing {
  private static final Logger LOG = LoggerFactory.getLogger(ObjectLanding.class);

  private final ObjectLandingConfig config;
  private final BatchUploader uploader;
  private final Acceptor acceptor;
  private volatile Phase closing;

  /** Starts to accept. The store stays the caller's to close. */
  public static Landing open(
      ObjectLandingConfig config, ObjectStore store, LandingMetrics metrics) {
    return new ObjectLanding(config, store, metrics, Clock.systemUTC());
  }

  private ObjectLanding(
      ObjectLandingConfig config, ObjectStore store, LandingMetrics metrics, Clock clock) {
    this.config = config;
    this.uploader = new BatchUploader(config, store, metrics, clock);
    this.acceptor = Acceptor.toStore(config, uploader, metrics);
    acceptor.start();
  }

  @Override
  public CompletableFuture<Void> land(List<Arrival> arrivals) {
    return acceptor.land(arrivals);
  }

  /** Nothing: there is no spool. */
  @Override
  public void recent(Source source, Consumer<LandingLine> consumer) {}

  @Override
  public LandingState state() {
    return new LandingState(
        closing == null ? acceptor.phase() : closing,
        acceptor.queuedBytes(),
        0,
        0,
        0,
        uploader.underWay(),
        0,
        uploader.storedThrough(),
        acceptor.failure().map(Throwable::toString));
  }

  @Override
  public synchronized void close() {
    if (closing != null) {
      return;
    }
    closing = Phase.DRAINING;
    try {
      acceptor.drain();
      uploader.finish(config.drainGrace());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      int left = uploader.underWay();
      if (left > 0) {
        LOG.warn("{} batches were not stored in time; none of them was acknowledged", left);
      }
      uploader.close();
      closing = Phase.CLOSED;
    }
  }
}
