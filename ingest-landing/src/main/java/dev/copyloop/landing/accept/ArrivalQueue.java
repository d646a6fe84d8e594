package dev.copyloop.landing.accept;

import dev.copyloop.landing.spool.OrgShares;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * What was accepted and waits for the writer, bounded by bytes and by age. Thread-safe; one taker.
 *
 * <p>What has waited for too long is not handed out any more: its sender has given up or is about
 * to, and the writer's time is worth more to those who still wait.
 */
final class ArrivalQueue {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final ArrayDeque<Submission> waiting = new ArrayDeque<>();
  private final long limitBytes;
  private final long limitNanos;
  private final Consumer<Submission> late;
  private final OrgShares orgs = new OrgShares();

  /** How many the taker waits for; 0: it does not wait. */
  private int wanted;

  private boolean closed;
  private final AtomicLong bytes = new AtomicLong();

  /** Hands what has waited for longer than {@code limit} over to {@code late}, outside its lock. */
  ArrivalQueue(long limitBytes, Duration limit, Consumer<Submission> late) {
    this.limitBytes = limitBytes;
    this.limitNanos = limit.toNanos();
    this.late = late;
  }

  /** What became of an offer. */
  enum Offer {
    TAKEN,
    FULL,
    /** Its org has more than its share waiting, beside others. */
    OVER_SHARE,
    CLOSED
  }

  /**
   * Adds it, unless the queue is used up, by bytes or by the age of the oldest. An org that has no
   * more than its share waiting may use all of it, any other what its source may: one that is
   * larger than the limit waits alone.
   */
  Offer offer(Submission submission) {
    List<Submission> expired = List.of();
    lock.lock();
    try {
      if (closed) {
        return Offer.CLOSED;
      }
      expired = removeLate();
      boolean over = orgs.exceeds(submission.org(), submission.bytes());
      if (isFull(submission, over ? Shares.ofQueue(submission.source()) : 1)) {
        return over && !orgs.isAlone(submission.org()) ? Offer.OVER_SHARE : Offer.FULL;
      }
      waiting.addLast(submission);
      orgs.added(submission.org(), submission.bytes());
      bytes.addAndGet(submission.bytes());
      if (wanted > 0 && waiting.size() >= wanted) {
        wanted = 0;
        filled.signal();
      }
      return Offer.TAKEN;
    } finally {
      lock.unlock();
      expired.forEach(late);
    }
  }

  private boolean isFull(Submission submission, double share) {
    Submission oldest = waiting.peekFirst();
    if (oldest == null) {
      return false;
    }
    return bytes.get() + submission.bytes() > share * limitBytes
        || System.nanoTime() - oldest.offeredNanos() > share * limitNanos;
  }

  /** Takes out what has waited for too long. */
  private List<Submission> removeLate() {
    Submission oldest = waiting.peekFirst();
    long now = System.nanoTime();
    if (oldest == null || now - oldest.offeredNanos() <= limitNanos) {
      return List.of();
    }
    List<Submission> expired = new ArrayList<>();
    while (oldest != null && now - oldest.offeredNanos() > limitNanos) {
      expired.add(waiting.pollFirst());
      orgs.removed(oldest.org(), oldest.bytes());
      bytes.addAndGet(-oldest.bytes());
      oldest = waiting.peekFirst();
    }
    return expired;
  }

  /**
   * Takes what waits, oldest first, up to about so many bytes; waits so long for the first.
   *
   * @return empty if nothing came in time, or the queue is closed and empty
   */
  List<Submission> take(long maxBytes, long waitNanos) throws InterruptedException {
    List<Submission> expired = List.of();
    lock.lockInterruptibly();
    try {
      awaitLocked(1, waitNanos);
      expired = removeLate();
      return poll(maxBytes);
    } finally {
      lock.unlock();
      expired.forEach(late);
    }
  }

  /** Waits so long until so many wait, without taking them. */
  void await(int submissions, long waitNanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      awaitLocked(submissions, waitNanos);
    } finally {
      lock.unlock();
    }
  }

  private void awaitLocked(int submissions, long waitNanos) throws InterruptedException {
    long left = waitNanos;
    while (waiting.size() < submissions && !closed && left > 0) {
      wanted = submissions;
      left = filled.awaitNanos(left);
    }
    wanted = 0;
  }

  /** How many submissions wait. */
  int size() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  private List<Submission> poll(long maxBytes) {
    List<Submission> taken = new ArrayList<>(waiting.size());
    long takenBytes = 0;
    while (!waiting.isEmpty() && takenBytes < maxBytes) {
      Submission next = waiting.pollFirst();
      orgs.removed(next.org(), next.bytes());
      takenBytes += next.bytes();
      taken.add(next);
    }
    bytes.addAndGet(-takenBytes);
    return taken;
  }

  /** Takes all that waits, at once. */
  List<Submission> poll() {
    lock.lock();
    try {
      return poll(Long.MAX_VALUE);
    } finally {
      lock.unlock();
    }
  }

  /** Waits without taking anything: for so long, or until the queue is closed. */
  void pause(long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = nanos;
      while (!closed && left > 0) {
        left = filled.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes nothing more; what waits can still be taken. */
  void close() {
    lock.lock();
    try {
      closed = true;
      filled.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether nothing more is taken. */
  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Whether nothing will ever come again. */
  boolean isExhausted() {
    lock.lock();
    try {
      return closed && waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** What waits. */
  long bytes() {
    return bytes.get();
  }
}
