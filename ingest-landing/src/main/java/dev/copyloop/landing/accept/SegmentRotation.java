package dev.copyloop.landing.accept;

import dev.copyloop.events.config.DataSize;
import dev.copyloop.landing.LandingConfig;
import dev.copyloop.landing.spool.OpenSegment;
import dev.copyloop.landing.spool.Segment;
import dev.copyloop.landing.spool.SegmentName;
import dev.copyloop.landing.spool.SegmentPreparer;
import dev.copyloop.landing.spool.SpoolDirectory;
import dev.copyloop.landing.spool.SpoolLedger;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which segment is open: one at a time, of one received hour, until it is large or old enough. Used
 * by the writer's thread alone.
 */
final class SegmentRotation implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentRotation.class);
  private static final int BUFFER_BYTES = 1024 * 1024;

  private static final int PROBE_BYTES = 1024 * 1024;

  private static final DataSize LEAST_PREPARED = DataSize.ofMebibytes(1);

  private static final double MARGIN = 1.25;

  /** A segment whose file grows gives way to a prepared one once it fills an object so far. */
  private static final double WORTH_AN_OBJECT = 0.125;

  /** An idle writer looks this often whether the hour is over. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  private final LandingConfig config;
  private final SpoolDirectory spool;
  private final SpoolLedger ledger;
  private final Clock clock;
  private final Consumer<Segment> sealer;
  private final SegmentPreparer preparer;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private OpenSegment open;
  private long openedNanos;
  private long nextSequence;
  private final FillRate rate = new FillRate(System::nanoTime);
  private long finishedBytes;

  /** The next segment is likely as large as the last one. */
  private long usualBytes = LEAST_PREPARED.bytes();

  SegmentRotation(
      LandingConfig config,
      SpoolDirectory spool,
      SpoolLedger ledger,
      Clock clock,
      Consumer<Segment> sealer,
      SegmentPreparer preparer) {
    this.config = config;
    this.spool = spool;
    this.ledger = ledger;
    this.clock = clock;
    this.sealer = sealer;
    this.preparer = preparer;
  }

  /** The segment for lines received at that time. */
  OpenSegment segmentFor(long receivedMillis) throws IOException {
    finishIfDueAt(receivedMillis);
    if (open == null) {
      open(receivedMillis);
    }
    return open;
  }

  private void finishIfDueAt(long receivedMillis) throws IOException {
    if (open == null) {
      return;
    }
    if (rate.measured(finishedBytes + open.durableBytes())) {
      prepareIfWorthIt();
    }
    if (isDue(receivedMillis) || isBetterPrepared()) {
      finish();
    }
  }

  private void prepareIfWorthIt() {
    if (rate.isCalm(config.segmentSize().bytes())) {
      double likely = MARGIN * Math.max(usualBytes, rate.bytesIn(config.segmentAge()));
      preparer.prepare((long) Math.min(likely, (double) config.segmentSize().bytes()));
    }
  }

  private boolean isBetterPrepared() {
    return open.grows()
        && open.durableBytes() >= WORTH_AN_OBJECT * config.segmentSize().bytes()
        && rate.isCalm(config.segmentSize().bytes())
        && preparer.readyBytes() >= open.durableBytes();
  }

  private void open(long receivedMillis) throws IOException {
    SegmentName name =
        new SegmentName(spool.epoch().number(), nextSequence, hourOf(receivedMillis));
    try {
      open = OpenSegment.create(spool, name, preparer, buffer);
      openedNanos = System.nanoTime();
      prepareIfWorthIt();
    } catch (IOException e) {
      // The name may be taken now by half a file.
      nextSequence++;
      spool.discardOpen(name);
      throw e;
    }
  }

  private static Instant hourOf(long millis) {
    return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.HOURS);
  }

  private boolean isDue(long receivedMillis) {
    return open.durableBytes() >= config.segmentSize().bytes()
        || System.nanoTime() - openedNanos >= config.segmentAge().toNanos()
        || !hourOf(receivedMillis).equals(open.name().hour());
  }

  /** Opens a segment and has the disk take as much as a large batch. */
  void probe() throws IOException {
    segmentFor(clock.millis()).reserve(PROBE_BYTES);
  }

  /** Closes the open segment if its time is over although nothing comes. */
  void finishIfDue() throws IOException {
    if (open != null) {
      finishIfDueAt(Math.max(clock.millis(), open.name().hour().toEpochMilli()));
    }
  }

  /** How long the writer may sleep before {@link #finishIfDue} has something to do. */
  long waitNanos() {
    if (open == null) {
      return LONGEST_WAIT.toNanos();
    }
    long left = openedNanos + config.segmentAge().toNanos() - System.nanoTime();
    return Math.max(1, Math.min(left, LONGEST_WAIT.toNanos()));
  }

  /** Closes the open segment and hands it over to be sealed. */
  void finish() throws IOException {
    if (open != null) {
      try (OpenSegment finished = open) {
        open = null;
        nextSequence = finished.nextSequence();
        finishedBytes += finished.durableBytes();
        usualBytes = Math.max(LEAST_PREPARED.bytes(), finished.durableBytes());
        handOver(finished);
      }
    }
  }

  /** Gives the open segment up after a failure; its durable lines are kept. */
  void abandon() {
    ledger.failed();
    try {
      finish();
    } catch (IOException e) {
      LOG.warn("Cannot close an abandoned segment", e);
    }
  }

  /** No segment will follow. */
  @Override
  public void close() {
    preparer.close();
  }

  private void handOver(OpenSegment finished) throws IOException {
    if (finished.hasDurableLines()) {
      Segment segment = finished.asClosed();
      ledger.closed(segment);
      sealer.accept(segment);
    } else {
      spool.discardOpen(finished.name());
    }
  }
}
