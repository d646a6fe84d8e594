package dev.copyloop.jobs.compact;

import dev.copyloop.events.landing.LandingKey;
import dev.copyloop.events.landing.Source;
import java.io.Serializable;
import java.time.Instant;

/**
 * One landing object of a batch.
 *
 * @param number its position in the batch, from 0
 * @param hour start of the UTC hour its lines were received in
 * @param bytes its compressed size
 */
record LandingObject(int number, String key, Source source, Instant hour, long bytes)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  LandingObject numbered(int newNumber) {
    return new LandingObject(newNumber, key, source, hour, bytes);
  }

  static LandingObject of(LandingKey landing, String key, long bytes) {
    return new LandingObject(-1, key, landing.source(), landing.hour(), bytes);
  }
}
