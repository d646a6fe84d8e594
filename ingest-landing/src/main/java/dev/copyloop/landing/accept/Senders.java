package dev.copyloop.landing.accept;

/**
 * How many senders there are that wait for their answers before they send again, if that is all of
 * them, and how many the writer therefore waits for. Used by one thread alone.
 *
 * <p>When nothing more came twice in a row at the same number, that is all there are, and the next
 * batches go as soon as so many are there again. When that has proved true, batches are half of
 * them: one half is answered and sends while the other is synced. Now and then it has to prove true
 * again.
 */
final class Senders {
  /** A number of senders is the same if it differs by no more than this share. */
  private static final double SAME = 0.125;

  /**
   * Fewer than this share of what the rate would bring while a sync runs are stragglers: they will
   * be waited for the next time.
   */
  private static final double STRAGGLERS = 0.5;

  /** Half of fewer is not worth a sync of its own. */
  private static final int LEAST_TO_HALVE = 32;

  private static final int PROOFS = 3;
  private static final int HALVES_UNTIL_PROOF = 60;

  private final int most;

  /** 0: not known, or some don't wait. */
  private int all;

  /** How many were there when nothing more came; 0 if more came the last time. */
  private int lastPause;

  private int proofs;
  private int halves;

  /**
   * @param most never wait for more
   */
  Senders(int most) {
    this.most = most;
  }

  /** How many to wait for. */
  int enough() {
    if (all == 0) {
      return most;
    }
    return inHalves() ? (all + 1) / 2 : all;
  }

  private boolean inHalves() {
    return proofs >= PROOFS && all >= LEAST_TO_HALVE;
  }

  /** So many are there, and nothing more comes. */
  void paused(int waiting) {
    if (isSame(waiting, lastPause)) {
      known(waiting);
    }
    lastPause = waiting;
  }

  /** A wait was over before that could be seen. */
  void wentOn() {
    lastPause = 0;
  }

  private void known(int senders) {
    all = Math.min(most, senders);
    proofs = 0;
    halves = 0;
  }

  /**
   * A batch is synced, but not acknowledged yet.
   *
   * @param others how many came meanwhile
   * @param expected how many would have come at the rate of late
   */
  void synced(int taken, int others, double expected) {
    if (all == 0) {
      return;
    }
    if (inHalves()) {
      halfSynced(taken + others);
    } else if (others > STRAGGLERS * expected) {
      all = 0;
    } else if (others > 0) {
      known(taken + others);
    } else if (isSame(taken, all)) {
      proofs++;
    }
  }

  private static boolean isSame(int one, int other) {
    return Math.abs(one - other) <= SAME * other;
  }

  private void halfSynced(int present) {
    if (present > (1 + SAME) * all) {
      all = 0;
    } else if (++halves >= HALVES_UNTIL_PROOF) {
      known(all);
    }
  }
}
