package dev.copyloop.landing.store;

import dev.copyloop.events.landing.Source;
import dev.copyloop.landing.LandingConfig;
import dev.copyloop.landing.LandingMetrics;
import dev.copyloop.landing.spool.DiskRoom;
import dev.copyloop.landing.spool.Segment;
import dev.copyloop.landing.spool.SegmentName;
import dev.copyloop.landing.spool.SpoolDirectory;
import dev.copyloop.landing.spool.SpoolLedger;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after segments that are uploaded: verifies those of earlier processes, since the machine on
 * the other side may have forgotten what it had not synced, and deletes them when their time is
 * over or their room is needed. Used by the uploader's thread alone.
 */
final class Housekeeper {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeper.class);

  private final LandingConfig config;
  private final SpoolDirectory spool;
  private final SpoolLedger ledger;
  private final DiskRoom room;
  private final ObjectStore store;
  private final LandingMetrics metrics;
  private final Clock clock;
  private final Consumer<Segment> uploader;
  private final ArrayDeque<Segment> unverified;

  Housekeeper(
      LandingConfig config,
      SpoolDirectory spool,
      SpoolLedger ledger,
      DiskRoom room,
      ObjectStore store,
      LandingMetrics metrics,
      Clock clock,
      Consumer<Segment> uploader) {
    this.config = config;
    this.spool = spool;
    this.ledger = ledger;
    this.room = room;
    this.store = store;
    this.metrics = metrics;
    this.clock = clock;
    this.uploader = uploader;
    this.unverified = new ArrayDeque<>(ledger.retained());
  }

  /** Whether segments of earlier processes are left to be verified. */
  boolean hasUnverified() {
    return !unverified.isEmpty();
  }

  /**
   * Verifies one segment of an earlier process.
   *
   * @throws IOException if the store does not answer; the segment's turn comes again
   */
  void verifyNext() throws IOException {
    Segment segment = unverified.peekFirst();
    if (segment != null) {
      verify(segment);
      unverified.removeFirst();
    }
  }

  /** Whether all its objects are there as they were put; if not, it is uploaded again, or kept. */
  private boolean verify(Segment segment) throws IOException {
    SegmentName name = segment.name();
    Optional<StoredReceipt> receipt = receipt(name);
    switch (receipt.isPresent() ? found(name, receipt.get()) : Found.LOST) {
      case ALL -> {
        return true;
      }
      case LOST -> {
        LOG.warn("The store has lost objects of segment {}; uploading it again", name.stem());
        spool.deleteReceipt(name);
        ledger.pending(segment);
        uploader.accept(segment);
      }
      case OTHER_CONTENT -> {
        metrics.conflict();
        ledger.pending(segment);
        ledger.conflicted(name);
      }
    }
    return false;
  }

  private enum Found {
    ALL,
    LOST,
    OTHER_CONTENT
  }

  private Found found(SegmentName name, StoredReceipt receipt) throws IOException {
    for (Map.Entry<Source, ObjectDigest> object : receipt.objects().entrySet()) {
      String key = name.objectKey(spool.writer(), object.getKey()).key();
      Optional<ObjectDigest> found = store.find(key);
      if (found.isEmpty()) {
        return Found.LOST;
      }
      if (!found.get().sha256().equals(object.getValue().sha256())) {
        LOG.error(
            "The store holds other content under {} than was put there; the segment is kept", key);
        return Found.OTHER_CONTENT;
      }
    }
    return Found.ALL;
  }

  private Optional<StoredReceipt> receipt(SegmentName name) throws IOException {
    try {
      return spool.receipt(name).map(StoredReceipt::parse);
    } catch (IllegalArgumentException e) {
      LOG.warn("Cannot read the receipt of segment {}", name.stem(), e);
      return Optional.empty();
    }
  }

  /** Deletes the oldest, before their time, if the spool's budget or its disk needs the room. */
  void makeRoom() throws IOException {
    for (Segment segment : ledger.retained()) {
      room.sample();
      if (!isRoomNeeded()) {
        return;
      }
      delete(segment);
    }
  }

  private boolean isRoomNeeded() {
    long limit = config.spoolBudget().bytes() - config.segmentSize().bytes();
    return room.isScarce() || ledger.pendingBytes() + ledger.retainedBytes() > limit;
  }

  /** Deletes what was kept for its time, after a last look at the store. */
  void deleteExpired() throws IOException {
    for (Segment segment : ledger.retained()) {
      if (!isExpired(segment)) {
        return;
      }
      if (verify(segment)) {
        delete(segment);
      }
    }
  }

  private boolean isExpired(Segment segment) throws IOException {
    Optional<StoredReceipt> receipt = receipt(segment.name());
    return receipt.isEmpty()
        || !clock.instant().isBefore(receipt.get().storedAt().plus(config.segmentRetention()));
  }

  private void delete(Segment segment) throws IOException {
    spool.raiseReceived(segment.lastReceivedMillis());
    spool.delete(segment.name());
    unverified.remove(segment);
    ledger.removed(segment.name());
  }
}
