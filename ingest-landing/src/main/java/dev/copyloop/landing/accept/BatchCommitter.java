package dev.copyloop.landing.accept;

import dev.copyloop.events.landing.LandingLineJson;
import dev.copyloop.landing.Arrival;
import dev.copyloop.landing.LandingMetrics;
import dev.copyloop.landing.LandingState.Phase;
import dev.copyloop.landing.LandingUnavailableException;
import dev.copyloop.landing.LandingUnavailableException.Reason;
import dev.copyloop.landing.ObjectLandingConfig;
import dev.copyloop.landing.seal.Batch;
import dev.copyloop.landing.store.Backoff;
import dev.copyloop.landing.store.BatchUploader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects what arrives within a short window into batches, and acknowledges a batch when it is in
 * the store. While no put may start, a batch grows.
 *
 * <p>Without a spool, the only place where an arrival becomes acknowledged.
 */
final class BatchCommitter implements Runnable, Gate {
  private static final Logger LOG = LoggerFactory.getLogger(BatchCommitter.class);
  private static final Duration FIRST_RETRY = Duration.ofMillis(50);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(2);
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ObjectLandingConfig config;
  private final ArrivalQueue queue;
  private final BatchUploader uploader;
  private final LandingMetrics metrics;
  private final Backoff backoff = new Backoff(FIRST_RETRY, LONGEST_RETRY);
  private long nextSequence;
  private volatile Throwable failure;

  BatchCommitter(
      ObjectLandingConfig config,
      ArrivalQueue queue,
      BatchUploader uploader,
      LandingMetrics metrics) {
    this.config = config;
    this.queue = queue;
    this.uploader = uploader;
    this.metrics = metrics;
  }

  @Override
  public Optional<LandingUnavailableException> refusal(Submission submission) {
    return failure().map(BatchCommitter::unavailable);
  }

  @Override
  public Phase phase() {
    return failure == null ? Phase.ACCEPTING : Phase.FAILING;
  }

  @Override
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  private static LandingUnavailableException unavailable(Throwable cause) {
    return new LandingUnavailableException(
        Reason.FAILING,
        LONGEST_RETRY,
        "object storage can't be written: " + cause.getMessage(),
        cause);
  }

  @Override
  public void run() {
    try {
      while (!queue.isExhausted()) {
        step();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      // However the collector ended: nobody may wait for it.
      queue.close();
      refuseWaiting();
    }
  }

  private void step() throws InterruptedException {
    if (failure != null) {
      recover();
      return;
    }
    List<Submission> first = queue.take(config.batchSize().bytes(), IDLE_NANOS);
    if (!first.isEmpty()) {
      collect(first);
    }
  }

  private void collect(List<Submission> first) throws InterruptedException {
    long deadline = System.nanoTime() + config.patience().toNanos();
    queue.pause(config.batchAge().toNanos());
    List<Submission> waiting = new ArrayList<>(first);
    if (!uploader.awaitSlot(deadline - System.nanoTime())) {
      fail(waiting, new IOException("no earlier put has ended in time"));
      return;
    }
    long taken = waiting.stream().mapToLong(Submission::bytes).sum();
    if (taken < config.batchSize().bytes()) {
      waiting.addAll(queue.take(config.batchSize().bytes() - taken, 0));
    }
    put(waiting, deadline);
  }

  private void put(List<Submission> waiting, long deadline) {
    Batch batch = new Batch(nextSequence, uploader.start());
    List<Submission> written = new ArrayList<>(waiting.size());
    for (Submission submission : waiting) {
      if (append(submission, batch)) {
        written.add(submission);
      }
    }
    nextSequence += batch.size();
    long start = System.nanoTime();
    CompletableFuture<Void> stored = new CompletableFuture<>();
    CompletableFuture<Void> unused =
        stored
            .orTimeout(Math.max(1, deadline - start), TimeUnit.NANOSECONDS)
            .whenComplete((done, problem) -> settle(written, batch, start, problem));
    uploader.put(batch, stored);
  }

  private boolean append(Submission submission, Batch batch) {
    List<byte[]> lines = new ArrayList<>(submission.lines());
    try {
      for (Arrival arrival : submission.arrivals()) {
        lines.add(LandingLineJson.write(arrival.receivedAt(batch.receivedMillis())));
      }
    } catch (RuntimeException e) {
      // The caller's mistake: it must not cost the others of the batch.
      metrics.rejected(Reason.FAILING, submission.lines());
      submission.durable().completeExceptionally(e);
      return false;
    }
    for (int i = 0; i < lines.size(); i++) {
      batch.add(submission.arrivals().get(i).source(), lines.get(i));
    }
    return true;
  }

  private void settle(List<Submission> written, Batch batch, long startNanos, Throwable problem) {
    if (problem != null) {
      fail(written, problem);
      return;
    }
    metrics.synced(batch.size(), batch.bytes(), System.nanoTime() - startNanos);
    metrics.durable(batch.size());
    written.forEach(submission -> submission.durable().complete(null));
  }

  private void fail(List<Submission> submissions, Throwable cause) {
    LOG.error("Cannot write object storage; nothing is acknowledged until it can be", cause);
    failure = cause;
    metrics.syncFailed();
    submissions.forEach(submission -> refuse(submission, cause));
  }

  private void refuse(Submission submission, Throwable cause) {
    metrics.rejected(Reason.FAILING, submission.lines());
    submission.refuse(unavailable(cause));
  }

  /** Waits until the store takes something again. */
  private void recover() throws InterruptedException {
    refuseWaiting();
    queue.pause(backoff.next().toNanos());
    try {
      uploader.probe();
      backoff.reset();
      failure = null;
      LOG.info("Object storage can be written again");
    } catch (IOException | RuntimeException e) {
      failure = e;
    }
  }

  private void refuseWaiting() {
    Throwable cause = failure == null ? new IOException("the writer has ended") : failure;
    queue.poll().forEach(submission -> refuse(submission, cause));
  }
}
