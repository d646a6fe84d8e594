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
    return overBudget(submission);
  }

  private Optional<LandingUnavailableException> overBudget(Submission submission) {
    double share = Shares.ofBudget(submission.source());
    long then = spoolBytes() + submission.bytes();
    if (then > share * budget.bytes()) {
      return Optional.of(
          full(
              "%.0f %% of the spool's budget of %s are spent, all for this source, until object storage takes segments again"
                  .formatted(100 * share, budget)));
    }
    if (then > Shares.OF_BUDGET_OVER_SHARE * share * budget.bytes()
        && ledger.isOverShare(submission.org(), submission.bytes())) {
      return Optional.of(
          refused(
              Reason.OVER_SHARE,
              "%.0f %% of the spool's budget of %s are spent, and more than a share of it by org %s, until object storage takes segments again"
                  .formatted(100 * Shares.OF_BUDGET_OVER_SHARE * share, budget, submission.org())));
    }
    return Optional.empty();
  }

  private static LandingUnavailableException full(String detail) {
    return refused(Reason.FULL, detail);
  }

  private static LandingUnavailableException refused(Reason reason, String detail) {
    return new LandingUnavailableException(reason, WHEN_UPLOADED, detail, null);
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
