package dev.copyloop.landing.accept;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What was accepted and waits for the writer, bounded by bytes. Thread-safe; one taker. */
final class ArrivalQueue {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final ArrayDeque<Submission> waiting = new ArrayDeque<>();
  private final long limitBytes;
  private boolean takerWaits;
  private boolean closed;
  private final AtomicLong bytes = new AtomicLong();

  ArrivalQueue(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  /** What became of an offer. */
  enum Offer {
    TAKEN,
    FULL,
    CLOSED
  }

  /** Adds it, unless the queue is full: one that is larger than the limit waits alone. */
  Offer offer(Submission submission) {
    lock.lock();
    try {
      if (closed) {
        return Offer.CLOSED;
      }
      if (bytes.get() > 0 && bytes.get() + submission.bytes() > limitBytes) {
        return Offer.FULL;
      }
      waiting.addLast(submission);
      bytes.addAndGet(submission.bytes());
      if (takerWaits) {
        takerWaits = false;
        filled.signal();
      }
      return Offer.TAKEN;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes what waits, oldest first, up to about so many bytes; waits so long for the first.
   *
   * @return empty if nothing came in time, or the queue is closed and empty
   */
  List<Submission> take(long maxBytes, long waitNanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      awaitFirst(waitNanos);
      return poll(maxBytes);
    } finally {
      lock.unlock();
    }
  }

  /** Waits so long for the first, without taking it. */
  void await(long waitNanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      awaitFirst(waitNanos);
    } finally {
      lock.unlock();
    }
  }

  private void awaitFirst(long waitNanos) throws InterruptedException {
    long left = waitNanos;
    while (waiting.isEmpty() && !closed && left > 0) {
      takerWaits = true;
      left = filled.awaitNanos(left);
    }
    takerWaits = false;
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
