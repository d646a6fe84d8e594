package dev.copyloop.serving.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What all bodies on their way hold in memory together: many slow senders of large ones must not
 * use it up. Thread-safe.
 */
final class ArrivingBytes {
  /** Smaller bodies are not counted: their connections take as much, and most are smaller. */
  private static final int UNCOUNTED = 4 * 1024;

  private final AtomicLong held = new AtomicLong();
  private final long limit;

  ArrivingBytes(long limit) {
    this.limit = limit;
  }

  /** The part of one body, which holds nothing yet. */
  Part part() {
    return new Part();
  }

  /** Not thread-safe: one per request. */
  final class Part {
    private long mine;

    private Part() {}

    /**
     * Holds so much from now on.
     *
     * @throws ProblemException 503 if that is more than there is room for
     */
    void hold(long bytes) {
      if (bytes <= UNCOUNTED) {
        return;
      }
      long more = bytes - mine;
      mine = bytes;
      if (held.addAndGet(more) > limit && more > 0) {
        throw ProblemException.unavailable("Too many large bodies are on their way: try again", 1);
      }
    }

    /** Holds nothing any more. */
    void release() {
      if (mine > 0) {
        held.addAndGet(-mine);
        mine = 0;
      }
    }
  }
}
