package dev.copyloop.landing.store;

import dev.copyloop.events.landing.LandingKey;
import dev.copyloop.events.landing.WriterMark;
import dev.copyloop.events.landing.WriterMarkJson;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;

/** Says in the store how far this writer has come. Used by one thread at a time. */
final class WriterMarkPublisher {
  private final Supplier<WriterMark> marks;
  private final ObjectStore store;
  private final long intervalNanos;
  private long publishedNanos = System.nanoTime();
  private boolean stale = true;

  WriterMarkPublisher(Supplier<WriterMark> marks, ObjectStore store, Duration interval) {
    this.marks = marks;
    this.store = store;
    this.intervalNanos = interval.toNanos();
  }

  /** Something was stored. */
  void invalidate() {
    stale = true;
  }

  /** Publishes if something was stored since the last time. */
  void publishNews() throws IOException {
    if (stale) {
      publish();
    }
  }

  /** Publishes if the last time is long ago. */
  void publishIfDue() throws IOException {
    if (nanosUntilDue() <= 0) {
      publish();
    }
  }

  long nanosUntilDue() {
    return publishedNanos + intervalNanos - System.nanoTime();
  }

  /** Publishes now. */
  void publish() throws IOException {
    publishedNanos = System.nanoTime();
    WriterMark mark = marks.get();
    store.replace(LandingKey.writerMark(mark.writer()), WriterMarkJson.write(mark));
    stale = false;
  }
}
