package dev.copyloop.landing.spool;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the spool holds and how far it is on its way to object storage, and the one clock that
 * {@code received_at} is taken from. Thread-safe.
 */
public final class SpoolLedger {
  private static final long NONE = Long.MAX_VALUE;

  private final Clock clock;
  private final SortedMap<SegmentName, Segment> pending = new TreeMap<>();
  private final SortedMap<SegmentName, Segment> retained = new TreeMap<>();
  private final Set<SegmentName> conflicts = new HashSet<>();
  private final OrgShares shares = new OrgShares();

  /** The orgs that anything was received of; what earlier processes left is nobody's. */
  private final Set<String> orgs = new HashSet<>();

  private Map<String, Long> openByOrg = new HashMap<>();
  private final Map<SegmentName, Map<String, Long>> closedByOrg = new HashMap<>();
  private long lastReceivedMillis;
  private long receivingMillis = NONE;
  private long openSinceMillis = NONE;
  private long openBytes;
  private long closedBytes;
  private boolean ended;
  private volatile long pendingBytes;

  /** Starts with an empty spool in which nothing is received before that time. */
  public SpoolLedger(Clock clock, long receivedMillis) {
    this.clock = clock;
    this.lastReceivedMillis = receivedMillis;
  }

  /**
   * The time at which what comes next is received, epoch milliseconds: the clock's, but never
   * before an earlier one. It counts as pending until {@link #openHolds} or {@link #failed}.
   */
  public synchronized long receive() {
    lastReceivedMillis = Math.max(lastReceivedMillis, clock.millis());
    receivingMillis = lastReceivedMillis;
    return lastReceivedMillis;
  }

  /**
   * What was received is durable: the open segment has so many bytes now.
   *
   * @param received about how many bytes came of each org
   */
  public synchronized void openHolds(long bytes, Map<String, Long> received) {
    orgs.addAll(received.keySet());
    received.forEach(shares::added);
    received.forEach((org, more) -> openByOrg.merge(org, more, Long::sum));
    openSinceMillis = Math.min(openSinceMillis, receivingMillis);
    receivingMillis = NONE;
    openBytes = bytes;
    updatePendingBytes();
  }

  /** What was received could not be made durable. */
  public synchronized void failed() {
    receivingMillis = NONE;
  }

  /** The open segment takes no more lines. */
  public synchronized void closed(Segment segment) {
    openSinceMillis = NONE;
    openBytes = 0;
    closedByOrg.put(segment.name(), openByOrg);
    openByOrg = new HashMap<>();
    pending(segment);
  }

  /** A closed segment is not in object storage, as far as is known. */
  public synchronized void pending(Segment segment) {
    retained.remove(segment.name());
    if (pending.put(segment.name(), segment) == null) {
      closedBytes += segment.bytes();
    }
    updatePendingBytes();
  }

  /** A closed segment is in object storage. */
  public synchronized void stored(Segment segment) {
    if (pending.remove(segment.name()) != null) {
      closedBytes -= segment.bytes();
    }
    retained.put(segment.name(), segment);
    closedByOrg.getOrDefault(segment.name(), Map.of()).forEach(shares::removed);
    closedByOrg.remove(segment.name());
    updatePendingBytes();
    notifyAll();
  }

  /** A segment that is in object storage is no longer in the spool. */
  public synchronized void removed(SegmentName name) {
    retained.remove(name);
  }

  /** The store holds other content under a key of this segment. */
  public synchronized void conflicted(SegmentName name) {
    conflicts.add(name);
    notifyAll();
  }

  private void updatePendingBytes() {
    pendingBytes = openBytes + closedBytes;
  }

  /** Durable bytes that are not in object storage. */
  public long pendingBytes() {
    return pendingBytes;
  }

  /** Whether more than its share would be an org's if so much more of it came, beside others. */
  public synchronized boolean isOverShare(String org, long more) {
    boolean alone = orgs.size() - (orgs.contains(org) ? 1 : 0) == 0;
    return !alone && shares.exceeds(org, more);
  }

  /** The closed segments that are not in object storage, oldest first. */
  public synchronized List<Segment> pending() {
    return new ArrayList<>(pending.values());
  }

  /** The segments in object storage that are still here, oldest first. */
  public synchronized List<Segment> retained() {
    return new ArrayList<>(retained.values());
  }

  /** Bytes of {@link #retained}. */
  public synchronized long retainedBytes() {
    return retained.values().stream().mapToLong(Segment::bytes).sum();
  }

  /** Segments that are not in object storage, the open one included. */
  public synchronized int pendingSegments() {
    return pending.size() + (openSinceMillis == NONE ? 0 : 1);
  }

  /** Segments that somebody must look at. */
  public synchronized int conflicts() {
    return conflicts.size();
  }

  /**
   * Everything received before this time, epoch milliseconds, is in object storage; nothing will be
   * received before it any more.
   */
  public synchronized long sealedThroughMillis() {
    lastReceivedMillis = Math.max(lastReceivedMillis, clock.millis());
    return pending.values().stream()
        .mapToLong(Segment::firstReceivedMillis)
        .reduce(
            Math.min(lastReceivedMillis, Math.min(receivingMillis, openSinceMillis)), Math::min);
  }

  /** Nothing will be received any more. */
  public synchronized void ended() {
    ended = true;
  }

  /** Whether nothing will be received any more and all that was is in object storage. */
  public synchronized boolean isDrained() {
    return ended && pending.isEmpty() && openSinceMillis == NONE;
  }

  /** Waits until all that can be uploaded is; whether it is. */
  public synchronized boolean awaitStored(Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (pending.size() > conflicts.size() || openSinceMillis != NONE) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      wait(left / 1_000_000 + 1);
    }
    return pending.isEmpty();
  }
}
