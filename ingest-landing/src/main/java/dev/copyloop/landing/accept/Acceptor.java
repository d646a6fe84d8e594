package dev.copyloop.landing.accept;

import dev.copyloop.events.config.DataSize;
import dev.copyloop.landing.Arrival;
import dev.copyloop.landing.LandingConfig;
import dev.copyloop.landing.LandingMetrics;
import dev.copyloop.landing.LandingState.Phase;
import dev.copyloop.landing.LandingUnavailableException;
import dev.copyloop.landing.LandingUnavailableException.Reason;
import dev.copyloop.landing.ObjectLandingConfig;
import dev.copyloop.landing.spool.DiskRoom;
import dev.copyloop.landing.spool.Segment;
import dev.copyloop.landing.spool.SegmentPreparer;
import dev.copyloop.landing.spool.SpoolDirectory;
import dev.copyloop.landing.spool.SpoolLedger;
import dev.copyloop.landing.store.BatchUploader;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Takes arrivals or refuses them, within the bounds of memory and of what is behind it. */
public final class Acceptor {
  private static final Duration SOON = Duration.ofSeconds(1);

  private final LandingMetrics metrics;
  private final ArrivalQueue queue;
  private final Gate gate;
  private final Thread writer;

  private Acceptor(LandingMetrics metrics, ArrivalQueue queue, Gate gate, Runnable committer) {
    this.metrics = metrics;
    this.queue = queue;
    this.gate = gate;
    this.writer = new Thread(committer, "landing-writer");
  }

  /** Writes to the spool; closed segments are handed over to {@code sealer}. */
  public static Acceptor toSpool(
      LandingConfig config,
      SpoolDirectory spool,
      SpoolLedger ledger,
      DiskRoom room,
      LandingMetrics metrics,
      Clock clock,
      Consumer<Segment> sealer) {
    ArrivalQueue queue = queue(config.queueSize(), config.queueAge(), metrics);
    SegmentPreparer preparer = new SegmentPreparer(spool, room);
    SegmentRotation rotation = new SegmentRotation(config, spool, ledger, clock, sealer, preparer);
    Committer committer = new Committer(queue, rotation, ledger, room, metrics);
    Gate gate = new SpoolGate(config.spoolBudget(), queue, ledger, room, committer);
    return new Acceptor(metrics, queue, gate, committer);
  }

  /** Hands batches over to be put into the store. */
  public static Acceptor toStore(
      ObjectLandingConfig config, BatchUploader uploader, LandingMetrics metrics) {
    ArrivalQueue queue = queue(config.queueSize(), config.queueAge(), metrics);
    BatchCommitter committer = new BatchCommitter(config, queue, uploader, metrics);
    return new Acceptor(metrics, queue, committer, committer);
  }

  private static ArrivalQueue queue(DataSize size, Duration age, LandingMetrics metrics) {
    return new ArrivalQueue(
        size.bytes(),
        age,
        late -> {
          metrics.rejected(Reason.OVERLOADED, late.lines());
          late.refuse(soon(Reason.OVERLOADED));
        });
  }

  /** Starts to write what is taken. */
  public void start() {
    writer.start();
  }

  /** As {@link dev.copyloop.landing.Landing#land}. */
  public CompletableFuture<Void> land(List<Arrival> arrivals) {
    if (arrivals.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    Submission submission = Submission.of(arrivals);
    metrics.received(submission.lines());
    Optional<LandingUnavailableException> refusal = gate.refusal(submission);
    if (refusal.isPresent()) {
      return refused(submission, refusal.get());
    }
    return switch (queue.offer(submission)) {
      case TAKEN -> submission.durable();
      case FULL -> refused(submission, soon(Reason.OVERLOADED));
      case OVER_SHARE -> refused(submission, soon(Reason.OVER_SHARE));
      case CLOSED -> refused(submission, soon(Reason.DRAINING));
    };
  }

  private static LandingUnavailableException soon(Reason reason) {
    return new LandingUnavailableException(reason, SOON, reason.description(), null);
  }

  private CompletableFuture<Void> refused(
      Submission submission, LandingUnavailableException reason) {
    metrics.rejected(reason.reason(), submission.lines());
    return CompletableFuture.failedFuture(reason);
  }

  /** What an arrival would meet now: accepting, full or failing. */
  public Phase phase() {
    return gate.phase();
  }

  /** Why nothing can be made durable at the moment. */
  public Optional<Throwable> failure() {
    return gate.failure();
  }

  /** What waits to be made durable. */
  public long queuedBytes() {
    return queue.bytes();
  }

  /** Refuses everything new, and returns when what was accepted has been handed on. */
  public void drain() throws InterruptedException {
    queue.close();
    writer.join();
  }
}
