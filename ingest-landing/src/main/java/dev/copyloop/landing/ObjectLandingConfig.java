package dev.copyloop.landing;

import dev.copyloop.events.config.ConfigReader;
import dev.copyloop.events.config.DataSize;
import java.time.Duration;

/**
 * How the landing works without a disk of its own: {@code landing.durability=object}.
 *
 * @param queueSize what may wait in memory for a put
 * @param queueAge how long it may wait there
 * @param batchAge how long the first arrival of a batch waits for company
 * @param batchSize a batch is put when it holds about this much, before compression
 * @param puts how many batches may be on their way at once
 * @param patience an arrival that is not in the store by then is refused; below the senders'
 *     timeout
 * @param markInterval how often the writer says how far it has come
 * @param drainGrace how long {@link Landing#close} waits for what is on its way
 */
public record ObjectLandingConfig(
    DataSize queueSize,
    Duration queueAge,
    Duration batchAge,
    DataSize batchSize,
    int puts,
    Duration patience,
    Duration markInterval,
    Duration drainGrace) {

  /** Each batch makes a connection per source. */
  private static final int MOST_PUTS = 16;

  /** An object must stay below 128 MB. */
  private static final DataSize LARGEST_BATCH = DataSize.ofMebibytes(96);

  public ObjectLandingConfig {
    Limits.requireAtLeast("landing.queue.size", queueSize, DataSize.ofKibibytes(4));
    Limits.requirePositive("landing.queue.age", queueAge);
    Limits.requireAtLeast("landing.batch.size", batchSize, DataSize.ofKibibytes(4));
    Limits.requireAtMost("landing.batch.size", batchSize, LARGEST_BATCH);
    Limits.requireNotNegative("landing.batch.age", batchAge);
    Limits.requirePositive("landing.batch.patience", patience);
    Limits.requirePositive("landing.mark.interval", markInterval);
    Limits.requireNotNegative("landing.drain.grace", drainGrace);
    if (puts < 1 || puts > MOST_PUTS) {
      throw new IllegalArgumentException(
          "Invalid setting landing.batch.puts: " + puts + " is not in 1 … " + MOST_PUTS);
    }
  }

  /**
   * Reads the keys {@code landing.batch.*} and those it shares with the spool.
   *
   * @throws IllegalArgumentException naming the key that is invalid
   */
  public static ObjectLandingConfig read(ConfigReader config) {
    return new ObjectLandingConfig(
        config.size("landing.queue.size", DataSize.ofMebibytes(16)),
        config.duration("landing.queue.age", Duration.ofSeconds(3)),
        config.duration("landing.batch.age", Duration.ofMillis(100)),
        config.size("landing.batch.size", DataSize.ofMebibytes(4)),
        config.integer("landing.batch.puts", 4),
        config.duration("landing.batch.patience", Duration.ofSeconds(3)),
        config.duration("landing.mark.interval", Duration.ofSeconds(30)),
        config.duration("landing.drain.grace", Duration.ofSeconds(20)));
  }
}
