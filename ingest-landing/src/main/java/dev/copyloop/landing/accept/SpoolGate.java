package dev.copyloop.landing.accept;

import dev.copyloop.events.config.DataSize;
import dev.copyloop.landing.LandingState.Phase;
import dev.copyloop.landing.LandingUnavailableException;
import dev.copyloop.landing.LandingUnavailableException.Reason;
import dev.copyloop.landing.spool.DiskRoom;
import dev.copyloop.landing.spool.SpoolLedger;
import java.time.Duration;
import java.util.Optional;

/** Lets in what the spool's budget and its disk have room for, by source. */
final class SpoolGate implements Gate {
  private static final Duration WHEN_UPLOADED = Duration.ofSeconds(10);

  private final DataSize budget;
  private final ArrivalQueue queue;
  private final SpoolLedger ledger;
  private final DiskRoom room;
  private final Committer committer;

  SpoolGate(
      DataSize budget, ArrivalQueue queue, SpoolLedger ledger, DiskRoom room, Committer committer) {
    this.budget = budget;
    this.queue = queue;
    this.ledger = ledger;
    this.room = room;
    this.committer = committer;
  }

  @Override
  public Optional<LandingUnavailableException> refusal(Submission submission) {
    Optional<Throwable> failure = committer.failure();
    if (failure.isPresent()) {
      return failure.map(Committer::unavailable);
    }
    if (room.isScarce()) {
      return Optional.of(full("the spool's disk is full; free some of it"));
    }
    double share = Shares.ofBudget(submission.source());
    if (spoolBytes() + submission.bytes() > share * budget.bytes()) {
      return Optional.of(
          full(
              "%.0f %% of the spool's budget of %s are spent, all for this source, until object storage takes segments again"
                  .formatted(100 * share, budget)));
    }
    return Optional.empty();
  }

  private static LandingUnavailableException full(String detail) {
    return new LandingUnavailableException(Reason.FULL, WHEN_UPLOADED, detail, null);
  }

  private long spoolBytes() {
    return ledger.pendingBytes() + queue.bytes();
  }

  @Override
  public Phase phase() {
    if (failure().isPresent()) {
      return Phase.FAILING;
    }
    return room.isScarce() || spoolBytes() >= budget.bytes() ? Phase.FULL : Phase.ACCEPTING;
  }

  @Override
  public Optional<Throwable> failure() {
    return committer.failure();
  }
}
