package dev.copyloop.landing.spool;

/**
 * A segment that takes no more lines.
 *
 * @param bytes of its file that hold whole records, header included
 * @param firstReceivedMillis not later than its first line's {@code received_at}
 * @param lastReceivedMillis its last line's {@code received_at}, as far as it is known
 */
public record Segment(
    SegmentName name, long bytes, long firstReceivedMillis, long lastReceivedMillis) {}
