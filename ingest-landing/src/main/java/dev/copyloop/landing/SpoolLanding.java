package dev.copyloop.landing;

import dev.copyloop.landing.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;

/** Lands in segments of a local spool, which are then uploaded. Thread-safe. */
public final class SpoolLanding {
  private SpoolLanding() {}

  /**
   * Opens the spool, recovers what earlier processes left in it, and starts to accept.
   *
   * @throws IOException if the directory can't be used: the message says what to do
   */
  public static Landing open(LandingConfig config, ObjectStore store, LandingMetrics metrics)
      throws IOException {
    if (!Files.isDirectory(config.spoolDirectory())) {
      throw new IOException("Cannot open the spool " + config.spoolDirectory());
    }
    throw new UnsupportedOperationException("Cannot land yet");
  }
}
