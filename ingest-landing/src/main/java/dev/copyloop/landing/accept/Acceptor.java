package dev.copyloop.landing.accept;

import dev.copyloop.landing.Arrival;
import dev.copyloop.landing.LandingConfig;
import dev.copyloop.landing.LandingMetrics;
import dev.copyloop.landing.LandingUnavailableException;
import dev.copyloop.landing.LandingUnavailableException.Reason;
import dev.copyloop.landing.spool.DiskRoom;
import dev.copyloop.landing.spool.Segment;
import dev.copyloop.landing.spool.SpoolDirectory;
import dev.copyloop.landing.spool.SpoolLedger;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Takes arrivals or refuses them, within the bounds of memory and disk. Thread-safe. */
public final class Acceptor {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration WHEN_UPLOADED = Duration.ofSeconds(10);

  private final LandingConfig config;
  private final SpoolLedger ledger;
  private final DiskRoom room;
  private final LandingMetrics metrics;
  private final ArrivalQueue queue;
  private final Committer committer;
  private final Thread writer;

  /** Hands closed segments over to {@code sealer}. */
  public Acceptor(
      LandingConfig config,
      SpoolDirectory spool,
      SpoolLedger ledger,
      DiskRoom room,
      LandingMetrics metrics,
      Clock clock,
      Consumer<Segment> sealer) {
    this.config = config;
    this.ledger = ledger;
    this.room = room;
    this.metrics = metrics;
    this.queue = new ArrivalQueue(config.queueSize().bytes());
    SegmentRotation rotation = new SegmentRotation(config, spool, ledger, clock, sealer);
    this.committer = new Committer(queue, rotation, ledger, room, metrics);
    this.writer = new Thread(committer, "landing-writer");
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
    Optional<Throwable> failure = committer.failure();
    if (failure.isPresent()) {
      return refused(submission, Committer.unavailable(failure.get()));
    }
    if (room.isScarce()) {
      return refused(submission, full("the spool's disk is full; free some of it"));
    }
    if (spoolBytes() + submission.bytes() > config.spoolBudget().bytes()) {
      return refused(
          submission,
          full(
              "the spool's budget of %s is spent until object storage takes segments again"
                  .formatted(config.spoolBudget())));
    }
    return switch (queue.offer(submission)) {
      case TAKEN -> submission.durable();
      case FULL -> refused(submission, overloaded());
      case CLOSED -> refused(submission, draining());
    };
  }

  private static LandingUnavailableException full(String detail) {
    return new LandingUnavailableException(Reason.FULL, WHEN_UPLOADED, detail, null);
  }

  private LandingUnavailableException overloaded() {
    return new LandingUnavailableException(
        Reason.OVERLOADED,
        SOON,
        "more arrives than the spool's disk takes; %s wait for it".formatted(config.queueSize()),
        null);
  }

  private static LandingUnavailableException draining() {
    return new LandingUnavailableException(
        Reason.DRAINING, SOON, "this process is stopping; ask another one", null);
  }

  private CompletableFuture<Void> refused(
      Submission submission, LandingUnavailableException reason) {
    metrics.rejected(reason.reason(), submission.lines());
    return CompletableFuture.failedFuture(reason);
  }

  private long spoolBytes() {
    return ledger.pendingBytes() + queue.bytes();
  }

  /** Whether the spool's budget is spent, or its disk is. */
  public boolean isFull() {
    return room.isScarce() || spoolBytes() >= config.spoolBudget().bytes();
  }

  /** Why the disk takes nothing at the moment. */
  public Optional<Throwable> failure() {
    return committer.failure();
  }

  /** What waits for the disk. */
  public long queuedBytes() {
    return queue.bytes();
  }

  /** Refuses everything new, makes durable what was accepted, and closes the open segment. */
  public void drain() throws InterruptedException {
    queue.close();
    writer.join();
  }
}
