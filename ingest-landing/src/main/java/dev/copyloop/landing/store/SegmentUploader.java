package dev.copyloop.landing.store;

import dev.copyloop.events.landing.Source;
import dev.copyloop.events.landing.WriterMark;
import dev.copyloop.landing.LandingConfig;
import dev.copyloop.landing.LandingMetrics;
import dev.copyloop.landing.seal.RenderedObject;
import dev.copyloop.landing.seal.SegmentRenderer;
import dev.copyloop.landing.spool.DiskRoom;
import dev.copyloop.landing.spool.Segment;
import dev.copyloop.landing.spool.SpoolDirectory;
import dev.copyloop.landing.spool.SpoolLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings sealed segments to the object store, one after the other, and never gives up: a failed one
 * goes to the end of the line, and all wait for a while that grows with each failure.
 */
public final class SegmentUploader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentUploader.class);

  private static final long LONGEST_WAIT_MILLIS = 10_000;

  private final SpoolDirectory spool;
  private final SpoolLedger ledger;
  private final ObjectStore store;
  private final LandingMetrics metrics;
  private final Clock clock;
  private final SegmentRenderer renderer;
  private final Housekeeper housekeeper;
  private final WriterMarkPublisher mark;
  private final Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30));
  private final LinkedBlockingDeque<Segment> sealed = new LinkedBlockingDeque<>();
  private final Thread thread = new Thread(this::run, "landing-store");
  private volatile String uploadProblem;
  private volatile String tidyProblem;
  private volatile boolean stopped;

  /** Will begin with what the ledger holds. */
  public SegmentUploader(
      LandingConfig config,
      SpoolDirectory spool,
      SpoolLedger ledger,
      DiskRoom room,
      ObjectStore store,
      LandingMetrics metrics,
      Clock clock) {
    this.spool = spool;
    this.ledger = ledger;
    this.store = store;
    this.metrics = metrics;
    this.clock = clock;
    this.renderer = new SegmentRenderer(spool);
    this.housekeeper =
        new Housekeeper(config, spool, ledger, room, store, metrics, clock, sealed::add);
    this.sealed.addAll(ledger.pending());
    this.mark = new WriterMarkPublisher(this::writerMark, store, config.markInterval());
  }

  private WriterMark writerMark() {
    return new WriterMark(
        spool.writer(),
        spool.epoch().number(),
        Instant.ofEpochMilli(ledger.sealedThroughMillis()),
        clock.instant(),
        ledger.isDrained() ? WriterMark.State.DRAINED : WriterMark.State.LIVE);
  }

  /** Starts to upload. */
  public void start() {
    thread.start();
  }

  /** Uploads it soon. */
  public void upload(Segment segment) {
    sealed.add(segment);
  }

  /** What keeps segments from the store at the moment. */
  public Optional<String> problem() {
    return Optional.ofNullable(uploadProblem).or(() -> Optional.ofNullable(tidyProblem));
  }

  private void run() {
    try {
      while (!stopped) {
        Segment segment = sealed.poll(waitMillis(), TimeUnit.MILLISECONDS);
        if (segment != null) {
          uploadOrPutBack(segment);
        }
        tidy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long waitMillis() {
    if (housekeeper.hasUnverified()) {
      return 0;
    }
    return Math.max(1, Math.min(LONGEST_WAIT_MILLIS, mark.nanosUntilDue() / 1_000_000));
  }

  private void tidy() throws InterruptedException {
    try {
      housekeeper.makeRoom();
      if (sealed.isEmpty()) {
        housekeeper.deleteExpired();
        housekeeper.verifyNext();
        mark.publishNews();
        backoff.reset();
      }
      mark.publishIfDue();
      tidyProblem = null;
    } catch (IOException | RuntimeException e) {
      LOG.warn("Cannot look after the spool; trying again: {}", e.toString());
      tidyProblem = e.toString();
      pause();
    }
  }

  /** Waits for a while that grows with each failure. */
  private void pause() throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(backoff.next().toNanos());
  }

  private void uploadOrPutBack(Segment segment) throws InterruptedException {
    try {
      if (uploaded(segment)) {
        uploadProblem = null;
        backoff.reset();
        return;
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("Cannot upload segment {}; trying again", segment.name().stem(), e);
      uploadProblem = e.toString();
    }
    metrics.storeFailed();
    sealed.addLast(segment);
    pause();
  }

  /** Whether nothing is left to do for it. */
  private boolean uploaded(Segment segment) throws IOException {
    List<RenderedObject> objects = renderer.render(segment.name());
    try {
      for (RenderedObject object : objects) {
        switch (verdict(object)) {
          case CONFLICT -> {
            metrics.conflict();
            ledger.conflicted(segment.name());
            return true;
          }
          case FAILED -> {
            return false;
          }
          case DONE -> {}
        }
      }
      finish(segment, objects);
      return true;
    } finally {
      for (RenderedObject object : objects) {
        Files.deleteIfExists(object.file());
      }
    }
  }

  private enum Verdict {
    DONE,
    FAILED,
    CONFLICT
  }

  private Verdict verdict(RenderedObject object) {
    String key = object.key().key();
    StoreOutcome outcome = store.create(key, object.file(), object.digest());
    if (outcome instanceof StoreOutcome.Conflict conflict) {
      LOG.error(
          "Cannot store {}: the store holds other content under that key (sha256 {}, ours {});"
              + " the segment stays in the spool. Two spools with one writer id?",
          key,
          conflict.foundSha256(),
          object.digest().sha256());
      return Verdict.CONFLICT;
    }
    if (outcome instanceof StoreOutcome.FailedClean failed) {
      return failed(key, failed.cause());
    }
    if (outcome instanceof StoreOutcome.Unknown unknown) {
      return failed(key, unknown.cause());
    }
    return Verdict.DONE;
  }

  private Verdict failed(String key, Exception cause) {
    LOG.warn("Cannot store {}; trying again: {}", key, cause.toString());
    uploadProblem = cause.toString();
    return Verdict.FAILED;
  }

  private void finish(Segment segment, List<RenderedObject> objects) throws IOException {
    Map<Source, ObjectDigest> digests = new EnumMap<>(Source.class);
    for (RenderedObject object : objects) {
      digests.put(object.key().source(), object.digest());
      metrics.stored(object.key().source(), object.digest().lines(), Files.size(object.file()));
    }
    spool.writeReceipt(segment.name(), new StoredReceipt(clock.instant(), digests).text());
    ledger.stored(segment);
    mark.invalidate();
  }

  /** Stops, wherever it is: what is not uploaded is found by the next start. */
  @Override
  public void close() {
    stopped = true;
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    publishLast();
  }

  private void publishLast() {
    try {
      mark.publish();
    } catch (IOException | RuntimeException e) {
      LOG.warn("Cannot publish the writer's mark: {}", e.toString());
    }
  }
}
