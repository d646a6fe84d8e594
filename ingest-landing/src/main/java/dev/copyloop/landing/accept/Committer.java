package dev.copyloop.landing.accept;

import dev.copyloop.events.landing.LandingLineBuffer;
import dev.copyloop.events.landing.Source;
import dev.copyloop.landing.LandingMetrics;
import dev.copyloop.landing.LandingUnavailableException;
import dev.copyloop.landing.LandingUnavailableException.Reason;
import dev.copyloop.landing.spool.DiskRoom;
import dev.copyloop.landing.spool.OpenSegment;
import dev.copyloop.landing.spool.SpoolLedger;
import dev.copyloop.landing.store.Backoff;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer: takes what waits, writes it, syncs once, acknowledges. What arrives meanwhile is
 * the next batch, so batches grow with the load; {@link Linger} lets them grow further.
 *
 * <p>The only place where an arrival becomes acknowledged.
 */
final class Committer implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Committer.class);
  private static final long MAX_BATCH_BYTES = 4 * 1024 * 1024;
  private static final Duration FIRST_RETRY = Duration.ofMillis(50);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(2);

  private final ArrivalQueue queue;
  private final SegmentRotation rotation;
  private final SpoolLedger ledger;
  private final DiskRoom room;
  private final LandingMetrics metrics;
  private final Linger linger;
  private final LandingLineBuffer encoded = new LandingLineBuffer();
  private final Backoff backoff = new Backoff(FIRST_RETRY, LONGEST_RETRY);
  private volatile Throwable failure;

  Committer(
      ArrivalQueue queue,
      SegmentRotation rotation,
      SpoolLedger ledger,
      DiskRoom room,
      LandingMetrics metrics) {
    this.queue = queue;
    this.linger = new Linger(queue);
    this.rotation = rotation;
    this.ledger = ledger;
    this.room = room;
    this.metrics = metrics;
  }

  /** Why the disk takes nothing at the moment. */
  Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public void run() {
    try {
      while (!queue.isExhausted()) {
        step();
      }
      rotation.finish();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      rotation.abandon();
    } catch (IOException e) {
      LOG.warn("Cannot close the last segment; the next start seals it", e);
    } finally {
      // However the writer ended: nobody may wait for it.
      queue.close();
      refuseWaiting();
      rotation.close();
    }
  }

  private void step() throws InterruptedException {
    queue.await(1, rotation.waitNanos());
    linger.await();
    List<Submission> batch = queue.take(MAX_BATCH_BYTES, 0);
    linger.taken(batch.size());
    try {
      if (batch.isEmpty()) {
        rotation.finishIfDue();
      } else {
        commit(batch);
      }
      room.sample();
    } catch (IOException | RuntimeException | Error e) {
      fail(batch, e);
      recover();
    }
  }

  private void commit(List<Submission> batch) throws IOException {
    long start = System.nanoTime();
    long receivedMillis = ledger.receive();
    OpenSegment segment = rotation.segmentFor(receivedMillis);
    long bytesBefore = segment.durableBytes();
    List<Submission> written = new ArrayList<>(batch.size());
    Map<String, Long> bytesByOrg = new HashMap<>();
    int lines = 0;
    for (Submission submission : batch) {
      if (append(submission, segment, receivedMillis)) {
        written.add(submission);
        bytesByOrg.merge(submission.org(), submission.bytes(), Long::sum);
        lines += submission.lines();
      }
    }
    segment.sync();
    linger.synced();
    ledger.openHolds(segment.durableBytes(), bytesByOrg);
    metrics.synced(lines, segment.durableBytes() - bytesBefore, System.nanoTime() - start);
    metrics.durable(lines);
    for (Submission submission : written) {
      submission.durable().complete(null);
    }
  }

  private boolean append(Submission submission, OpenSegment segment, long receivedMillis)
      throws IOException {
    int[] ends;
    try {
      ends = encode(submission, receivedMillis);
    } catch (RuntimeException e) {
      // The caller's mistake: it must not cost the others of the batch.
      metrics.rejected(Reason.FAILING, submission.lines());
      submission.durable().completeExceptionally(e);
      return false;
    }
    int start = 0;
    for (int i = 0; i < ends.length; i++) {
      Source source = submission.arrivals().get(i).source();
      segment.append(source, encoded.bytes(), start, ends[i] - start, receivedMillis);
      start = ends[i];
    }
    return true;
  }

  /** Where each line ends among those encoded. */
  private int[] encode(Submission submission, long receivedMillis) {
    int[] ends = new int[submission.lines()];
    encoded.clear();
    for (int i = 0; i < ends.length; i++) {
      int start = encoded.length();
      encoded.add(submission.arrivals().get(i).receivedAt(receivedMillis));
      ends[i] = encoded.length();
      if (ends[i] - start > OpenSegment.MAX_LINE_BYTES) {
        throw new IllegalArgumentException(
            "Cannot land a line of %d bytes: it would not be found again above %d"
                .formatted(ends[i] - start, OpenSegment.MAX_LINE_BYTES));
      }
    }
    return ends;
  }

  private void fail(List<Submission> batch, Throwable cause) {
    LOG.error("Cannot write the spool; nothing is acknowledged until it can be written", cause);
    failure = cause;
    metrics.syncFailed();
    rotation.abandon();
    batch.forEach(submission -> refuse(submission, cause));
  }

  private void refuse(Submission submission, Throwable cause) {
    // Those of the batch that were refused as faulty are complete already.
    if (!submission.durable().isDone()) {
      metrics.rejected(Reason.FAILING, submission.lines());
      submission.refuse(unavailable(cause));
    }
  }

  static LandingUnavailableException unavailable(Throwable cause) {
    return new LandingUnavailableException(
        Reason.FAILING, LONGEST_RETRY, "the spool can't be written: " + cause.getMessage(), cause);
  }

  /** Waits until the disk takes a segment again. */
  private void recover() throws InterruptedException {
    while (failure != null) {
      refuseWaiting();
      queue.pause(backoff.next().toNanos());
      try {
        rotation.probe();
        backoff.reset();
        failure = null;
        LOG.info("The spool can be written again");
      } catch (IOException | RuntimeException e) {
        rotation.abandon();
        failure = e;
        if (queue.isClosed()) {
          refuseWaiting();
          return;
        }
      }
    }
  }

  private void refuseWaiting() {
    Throwable cause = failure == null ? new IOException("the writer has ended") : failure;
    queue.poll().forEach(submission -> refuse(submission, cause));
  }
}
