package dev.copyloop.landing;

import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.events.landing.Source;
import dev.copyloop.landing.LandingState.Phase;
import dev.copyloop.landing.accept.Acceptor;
import dev.copyloop.landing.seal.SegmentSealer;
import dev.copyloop.landing.spool.DiskRoom;
import dev.copyloop.landing.spool.SpoolDirectory;
import dev.copyloop.landing.spool.SpoolLedger;
import dev.copyloop.landing.spool.SpoolReader;
import dev.copyloop.landing.spool.SpoolRecovery;
import dev.copyloop.landing.store.ObjectStore;
import dev.copyloop.landing.store.SegmentUploader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lands in segments of a local spool: accept, spool, seal, store.
 *
 * <p>One thread writes and syncs, one seals, one uploads. Thread-safe.
 */
public final class SpoolLanding implements Landing {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolLanding.class);

  private final LandingConfig config;
  private final SpoolDirectory spool;
  private final SpoolLedger ledger;
  private final SegmentUploader uploader;
  private final SegmentSealer sealer;
  private final Acceptor acceptor;
  private volatile Phase closing;

  /**
   * Opens the spool, recovers what earlier processes left in it, and starts to accept. The store
   * stays the caller's to close.
   *
   * @throws IOException if the directory can't be used: the message says what to do
   */
  public static Landing open(LandingConfig config, ObjectStore store, LandingMetrics metrics)
      throws IOException {
    return open(config, store, metrics, Clock.systemUTC(), FileChannel::open);
  }

  static Landing open(
      LandingConfig config,
      ObjectStore store,
      LandingMetrics metrics,
      Clock clock,
      SpoolDirectory.ChannelOpener opener)
      throws IOException {
    SpoolDirectory spool =
        SpoolDirectory.open(config.spoolDirectory(), config.allowVolatile(), opener);
    try {
      return new SpoolLanding(config, spool, store, metrics, clock);
    } catch (IOException | RuntimeException e) {
      spool.close();
      throw e;
    }
  }

  private SpoolLanding(
      LandingConfig config,
      SpoolDirectory spool,
      ObjectStore store,
      LandingMetrics metrics,
      Clock clock)
      throws IOException {
    this.config = config;
    this.spool = spool;
    SpoolRecovery recovery = new SpoolRecovery(spool, metrics);
    recovery.sealOpen();
    spool.raiseEpoch(recovery.lastReceivedMillis());
    this.ledger = new SpoolLedger(clock, spool.epoch().receivedMillis());
    recovery.fill(ledger);
    DiskRoom room = new DiskRoom(config.spoolDirectory(), 2 * config.segmentSize().bytes());
    this.uploader = new SegmentUploader(config, spool, ledger, room, store, metrics, clock);
    this.sealer = new SegmentSealer(spool, metrics, uploader::upload);
    this.acceptor = Acceptor.toSpool(config, spool, ledger, room, metrics, clock, sealer::seal);
    uploader.start();
    acceptor.start();
  }

  @Override
  public CompletableFuture<Void> land(List<Arrival> arrivals) {
    return acceptor.land(arrivals);
  }

  @Override
  public void recent(Source source, Consumer<LandingLine> consumer) {
    try {
      new SpoolReader(spool).read(source, config.recentSize().bytes(), consumer);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot read the spool " + config.spoolDirectory() + " back", e);
    }
  }

  @Override
  public LandingState state() {
    Optional<String> problem = acceptor.failure().map(Throwable::toString);
    return new LandingState(
        phase(),
        acceptor.queuedBytes(),
        ledger.pendingBytes(),
        ledger.retainedBytes(),
        config.spoolBudget().bytes(),
        ledger.pendingSegments(),
        ledger.conflicts(),
        Instant.ofEpochMilli(ledger.sealedThroughMillis()),
        problem.or(uploader::problem));
  }

  private Phase phase() {
    return closing == null ? acceptor.phase() : closing;
  }

  @Override
  public synchronized void close() {
    if (closing != null) {
      return;
    }
    closing = Phase.DRAINING;
    try {
      acceptor.drain();
      ledger.ended();
      if (!ledger.awaitStored(config.drainGrace())) {
        LOG.warn(
            "{} segments are not uploaded yet; the next start goes on with them",
            ledger.pendingSegments());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      stop();
    }
  }

  private void stop() {
    sealer.close();
    uploader.close();
    try {
      spool.close();
    } catch (IOException e) {
      LOG.warn("Cannot release the lock of the spool", e);
    }
    closing = Phase.CLOSED;
  }
}
