package dev.copyloop.stack.replay;

import java.net.URI;
import java.time.Duration;

/**
 * How a replay sends.
 *
 * @param server the server's root, such as {@code http://127.0.0.1:8080}
 * @param inFlight how many steps are under way at once, from 1
 * @param timeout until one attempt is given up
 * @param patience how long one request is tried again before the replay fails
 */
public record ReplayConfig(URI server, int inFlight, Duration timeout, Duration patience) {
  public ReplayConfig {
    if (inFlight < 1) {
      throw new IllegalArgumentException("Invalid inFlight %d: below 1".formatted(inFlight));
    }
  }

  public static ReplayConfig of(URI server) {
    return new ReplayConfig(server, 64, Duration.ofSeconds(20), Duration.ofMinutes(2));
  }
}
