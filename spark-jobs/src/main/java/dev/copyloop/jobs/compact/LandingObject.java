package dev.copyloop.jobs.compact;

import dev.copyloop.events.landing.LandingKey;
import dev.copyloop.events.landing.Source;
import java.io.Serializable;
import java.time.Instant;

/**
 * One landing object of a batch.
 *
 * @param number its position in the batch, from 0
 * @param key as it landed: its identity
 * @param address where its bytes lie: the key, or what it was rewritten to
 * @param hour start of the UTC hour its lines were received in
 * @param bytes its compressed size
 * @param lines which of its lines the batch takes
 */
record LandingObject(
    int number,
    String key,
    String address,
    Source source,
    Instant hour,
    long bytes,
    LineChoice lines)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  LandingObject numbered(int newNumber) {
    return new LandingObject(newNumber, key, address, source, hour, bytes, lines);
  }

  /** The same object, of which only those lines are taken. */
  LandingObject only(LineChoice chosen) {
    return new LandingObject(number, key, address, source, hour, bytes, chosen);
  }

  static LandingObject of(LandingKey landing, String key, String address, long bytes) {
    return new LandingObject(
        -1, key, address, landing.source(), landing.hour(), bytes, LineChoice.ALL);
  }
}
