package dev.copyloop.landing.spool;

import dev.copyloop.landing.LandingMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts a spool in order before it is written: what earlier processes left is sealed. */
public final class SpoolRecovery {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolRecovery.class);

  private final SpoolDirectory spool;
  private final LandingMetrics metrics;

  /** Recovers that spool. */
  public SpoolRecovery(SpoolDirectory spool, LandingMetrics metrics) {
    this.spool = spool;
    this.metrics = metrics;
  }

  /**
   * Seals every segment that was left open, cut behind its last whole record.
   *
   * @throws IOException if the disk refuses it
   */
  public void sealOpen() throws IOException {
    for (SegmentName name : spool.open()) {
      SegmentReader.Scan scan =
          SegmentReader.scan(spool.openFile(name), Long.MAX_VALUE, SegmentReader.LineConsumer.NONE);
      if (scan.damagedBytes() > 0) {
        LOG.warn(
            "Segment {} holds {} bytes that are no record: unacknowledged, or damaged later",
            name.stem(),
            scan.damagedBytes());
        metrics.damaged(scan.damagedBytes());
      }
      if (scan.lines() == 0) {
        spool.discardOpen(name);
      } else {
        spool.seal(name, scan.bytes());
        metrics.recovered(scan.lines());
      }
    }
  }

  /** The latest time at which a line of the spool was received, epoch milliseconds, or earlier. */
  public long lastReceivedMillis() throws IOException {
    List<SegmentName> sealed = spool.sealed();
    if (sealed.isEmpty()) {
      return 0;
    }
    SegmentName newest = sealed.get(sealed.size() - 1);
    SegmentReader.Scan scan =
        SegmentReader.scan(
            spool.sealedFile(newest), Long.MAX_VALUE, SegmentReader.LineConsumer.NONE);
    return Math.max(scan.lastReceivedMillis(), newest.hour().toEpochMilli());
  }

  /** Tells the ledger of the sealed segments, by whether they are in object storage. */
  public void fill(SpoolLedger ledger) throws IOException {
    for (SegmentName name : spool.sealed()) {
      long hour = name.hour().toEpochMilli();
      Segment segment = new Segment(name, Files.size(spool.sealedFile(name)), hour, hour);
      if (spool.receipt(name).isPresent()) {
        ledger.stored(segment);
      } else {
        ledger.pending(segment);
      }
    }
  }
}
