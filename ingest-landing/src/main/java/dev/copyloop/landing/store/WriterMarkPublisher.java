package dev.copyloop.landing.store;

import dev.copyloop.events.landing.LandingKey;
import dev.copyloop.events.landing.WriterMark;
import dev.copyloop.events.landing.WriterMarkJson;
import dev.copyloop.landing.spool.SpoolDirectory;
import dev.copyloop.landing.spool.SpoolLedger;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Says in the store how far this writer has come. Used by one thread. */
final class WriterMarkPublisher {
  private final SpoolDirectory spool;
  private final SpoolLedger ledger;
  private final ObjectStore store;
  private final Clock clock;
  private final long intervalNanos;
  private long publishedNanos = System.nanoTime();
  private boolean stale = true;

  WriterMarkPublisher(
      SpoolDirectory spool, SpoolLedger ledger, ObjectStore store, Clock clock, Duration interval) {
    this.spool = spool;
    this.ledger = ledger;
    this.store = store;
    this.clock = clock;
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
    WriterMark.State state = ledger.isDrained() ? WriterMark.State.DRAINED : WriterMark.State.LIVE;
    WriterMark mark =
        new WriterMark(
            spool.writer(),
            spool.epoch().number(),
            Instant.ofEpochMilli(ledger.sealedThroughMillis()),
            clock.instant(),
            state);
    store.replace(LandingKey.writerMark(spool.writer()), WriterMarkJson.write(mark));
    stale = false;
  }
}
