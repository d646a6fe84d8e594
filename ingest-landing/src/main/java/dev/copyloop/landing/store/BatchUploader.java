package dev.copyloop.landing.store;

import dev.copyloop.events.landing.Source;
import dev.copyloop.events.landing.WriterMark;
import dev.copyloop.landing.LandingMetrics;
import dev.copyloop.landing.ObjectLandingConfig;
import dev.copyloop.landing.seal.Batch;
import dev.copyloop.landing.seal.BatchObject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts batches into the store, several at a time. An attempt that failed, or whose answer was lost,
 * is made again for as long as somebody waits: the same key with the same content is a success.
 *
 * <p>Its writer is a new one in each process, since nothing is left of the last. Thread-safe.
 */
public final class BatchUploader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BatchUploader.class);
  private static final long EPOCH = 1;
  private static final Duration FIRST_RETRY = Duration.ofMillis(50);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(1);

  private final ObjectStore store;
  private final LandingMetrics metrics;
  private final Clock clock;
  private final UUID writer = UUID.randomUUID();
  private final BatchLedger ledger;
  private final Semaphore slots;
  private final WriterMarkPublisher mark;
  private final ExecutorService puts =
      Executors.newCachedThreadPool(task -> new Thread(task, "landing-store"));
  private final ScheduledExecutorService marks =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "landing-mark"));

  /** Puts into that store, which stays the caller's to close. */
  public BatchUploader(
      ObjectLandingConfig config, ObjectStore store, LandingMetrics metrics, Clock clock) {
    this.store = store;
    this.metrics = metrics;
    this.clock = clock;
    this.ledger = new BatchLedger(clock);
    this.slots = new Semaphore(config.puts());
    this.mark = new WriterMarkPublisher(this::writerMark, store, config.markInterval());
    long interval = config.markInterval().toMillis();
    // It ends with its executor, and reports its failures itself.
    var unused =
        marks.scheduleWithFixedDelay(this::publishMark, interval, interval, TimeUnit.MILLISECONDS);
  }

  private WriterMark writerMark() {
    return new WriterMark(
        writer,
        EPOCH,
        Instant.ofEpochMilli(ledger.storedThroughMillis()),
        clock.instant(),
        ledger.isDrained() ? WriterMark.State.DRAINED : WriterMark.State.LIVE);
  }

  private void publishMark() {
    try {
      probe();
    } catch (IOException | RuntimeException e) {
      LOG.warn("Cannot publish the writer's mark: {}", e.toString());
    }
  }

  /**
   * Writes something small.
   *
   * @throws IOException if the store does not confirm it
   */
  public void probe() throws IOException {
    synchronized (mark) {
      mark.publish();
    }
  }

  /** Waits so long until one more batch may be put, and reserves that; whether it did. */
  public boolean awaitSlot(long nanos) throws InterruptedException {
    return slots.tryAcquire(Math.max(0, nanos), TimeUnit.NANOSECONDS);
  }

  /** When the lines of the next batch are received, epoch milliseconds. */
  public long start() {
    return ledger.start();
  }

  /**
   * Puts a started batch, in the slot that was waited for.
   *
   * @param result is completed when all its objects are in the store; once it is completed
   *     otherwise, nothing is tried again
   */
  public void put(Batch batch, CompletableFuture<Void> result) {
    List<Source> sources = List.copyOf(batch.lines().keySet());
    CompletableFuture<?>[] objects =
        sources.stream()
            .map(source -> CompletableFuture.runAsync(() -> putObject(batch, source, result), puts))
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture<Void> unused =
        CompletableFuture.allOf(objects)
            .whenComplete(
                (done, failure) -> {
                  slots.release();
                  ledger.end(batch.receivedMillis());
                  if (failure == null) {
                    result.complete(null);
                  } else {
                    result.completeExceptionally(failure.getCause());
                  }
                });
  }

  private void putObject(Batch batch, Source source, CompletableFuture<Void> result) {
    BatchObject object = batch.render(writer, EPOCH, source);
    String key = object.key().key();
    Backoff backoff = new Backoff(FIRST_RETRY, LONGEST_RETRY);
    Exception problem = null;
    while (!result.isDone()) {
      StoreOutcome outcome = store.create(key, object.content(), object.digest());
      if (outcome instanceof StoreOutcome.Conflict conflict) {
        metrics.conflict();
        throw new IllegalStateException(
            "the store holds other content under %s (sha256 %s)"
                .formatted(key, conflict.foundSha256()));
      }
      if (outcome instanceof StoreOutcome.FailedClean failed) {
        problem = failed.cause();
      } else if (outcome instanceof StoreOutcome.Unknown unknown) {
        problem = unknown.cause();
      } else {
        metrics.stored(source, object.digest().lines(), object.content().length);
        return;
      }
      metrics.storeFailed();
      LOG.warn("Cannot store {}; trying again while it is waited for: {}", key, problem.toString());
      pause(backoff);
    }
    throw new IllegalStateException("not stored in time: " + problem, problem);
  }

  private static void pause(Backoff backoff) {
    try {
      TimeUnit.NANOSECONDS.sleep(backoff.next().toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while closing", e);
    }
  }

  /** Batches on their way. */
  public int underWay() {
    return ledger.size();
  }

  /** What was received before this time is in the store; nothing will be received before it. */
  public Instant storedThrough() {
    return Instant.ofEpochMilli(ledger.storedThroughMillis());
  }

  /** No batch will come any more: waits so long for those under way. */
  public void finish(Duration grace) throws InterruptedException {
    ledger.end(grace);
  }

  @Override
  public void close() {
    marks.shutdownNow();
    puts.shutdownNow();
    publishMark();
  }
}
