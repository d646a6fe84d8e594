package dev.copyloop.landing;

import dev.copyloop.events.config.ConfigReader;
import dev.copyloop.events.config.DataSize;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How the landing works on its disk.
 *
 * @param spoolDirectory on a disk that survives a restart; one process at a time
 * @param spoolBudget what may wait there for object storage
 * @param allowVolatile take a spool directory that does not survive a restart: data can be lost
 * @param queueSize what may wait in memory for the disk
 * @param queueAge how long it may wait there
 * @param segmentSize a segment is sealed when it holds this much, before compression
 * @param segmentAge a segment is sealed when it is open for this long
 * @param segmentRetention how long a segment stays in the spool after its upload
 * @param recentSize how much of the spool {@link Landing#recent} reads at most
 * @param markInterval how often the writer says how far it has come
 * @param drainGrace how long {@link Landing#close} waits for uploads
 */
public record LandingConfig(
    Path spoolDirectory,
    DataSize spoolBudget,
    VolatileSpool allowVolatile,
    DataSize queueSize,
    Duration queueAge,
    DataSize segmentSize,
    Duration segmentAge,
    Duration segmentRetention,
    DataSize recentSize,
    Duration markInterval,
    Duration drainGrace) {

  /** An object must stay below 128 MB; a segment becomes one object per source. */
  private static final DataSize LARGEST_SEGMENT = DataSize.ofMebibytes(96);

  public LandingConfig {
    Limits.requireAtLeast("landing.segment.size", segmentSize, DataSize.ofKibibytes(4));
    Limits.requireAtMost("landing.segment.size", segmentSize, LARGEST_SEGMENT);
    Limits.requireAtLeast("landing.queue.size", queueSize, DataSize.ofKibibytes(4));
    Limits.requirePositive("landing.queue.age", queueAge);
    Limits.requireAtLeast("landing.spool.budget", spoolBudget, DataSize.ofKibibytes(16));
    Limits.requirePositive("landing.segment.age", segmentAge);
    Limits.requirePositive("landing.mark.interval", markInterval);
    Limits.requireNotNegative("landing.segment.retention", segmentRetention);
    Limits.requireNotNegative("landing.drain.grace", drainGrace);
  }

  /** Whether a spool on tmpfs or overlay is refused. */
  public enum VolatileSpool {
    REFUSED,
    ALLOWED
  }

  /**
   * Reads the keys {@code landing.spool.*}, {@code landing.segment.*} and their siblings.
   *
   * @throws IllegalArgumentException naming the key that is missing or invalid
   */
  public static LandingConfig read(ConfigReader config) {
    return new LandingConfig(
        Path.of(config.requiredText("landing.spool.directory")),
        config.size("landing.spool.budget", DataSize.ofGibibytes(8)),
        config.parsed(
            "landing.spool.allow-volatile",
            VolatileSpool.REFUSED,
            LandingConfig::volatileSpool,
            "true or false"),
        config.size("landing.queue.size", DataSize.ofMebibytes(16)),
        config.duration("landing.queue.age", Duration.ofSeconds(3)),
        config.size("landing.segment.size", DataSize.ofMebibytes(64)),
        config.duration("landing.segment.age", Duration.ofMinutes(1)),
        config.duration("landing.segment.retention", Duration.ofDays(1)),
        config.size("landing.recent.size", DataSize.ofMebibytes(256)),
        config.duration("landing.mark.interval", Duration.ofSeconds(30)),
        config.duration("landing.drain.grace", Duration.ofSeconds(20)));
  }

  private static VolatileSpool volatileSpool(String text) {
    return switch (text) {
      case "true" -> VolatileSpool.ALLOWED;
      case "false" -> VolatileSpool.REFUSED;
      default -> throw new IllegalArgumentException("expected true or false");
    };
  }
}
