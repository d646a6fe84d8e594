package dev.copyloop.landing;

import java.time.Instant;
import java.util.Optional;

/**
 * What the landing does at one moment.
 *
 * @param queuedBytes accepted and not yet durable
 * @param pendingBytes durable in the spool and not yet in object storage
 * @param retainedBytes in object storage and still kept in the spool
 * @param budgetBytes what the spool may hold, 0 without one; {@link Phase#FULL} when {@code
 *     pendingBytes} is there
 * @param pendingSegments segments or batches on their way to object storage, the open one included
 * @param conflicts objects that the store holds with other content than ours: somebody must look
 * @param sealedThrough everything received before it is in object storage
 * @param problem the last failure of the disk or the store that still lasts
 */
public record LandingState(
    Phase phase,
    long queuedBytes,
    long pendingBytes,
    long retainedBytes,
    long budgetBytes,
    int pendingSegments,
    int conflicts,
    Instant sealedThrough,
    Optional<String> problem) {

  /** Whether {@link Landing#land} can succeed, and if not, why. */
  public enum Phase {
    /** Arrivals are taken. */
    ACCEPTING,
    /** The spool's budget is spent: object storage has been away for too long. */
    FULL,
    /**
     * The disk, or the store where there is no spool, refuses writes; tried until it takes them.
     */
    FAILING,
    /** Closing: what was accepted is made durable and uploaded. */
    DRAINING,
    /** Closed. */
    CLOSED
  }

  /** Whether arrivals are taken: what {@code /ready} answers by. */
  public boolean accepting() {
    return phase == Phase.ACCEPTING;
  }
}
