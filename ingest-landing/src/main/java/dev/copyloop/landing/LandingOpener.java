package dev.copyloop.landing;

import dev.copyloop.events.config.ConfigReader;
import dev.copyloop.landing.store.ObjectStore;
import java.io.IOException;

/** Opens the landing that the settings ask for. */
@FunctionalInterface
public interface LandingOpener {

  /**
   * Opens it; the store stays the caller's to close.
   *
   * @throws IOException if the spool can't be used: the message says what to do
   */
  Landing open(ObjectStore store, LandingMetrics metrics) throws IOException;

  /**
   * Reads {@code landing.durability} and the keys that belong to it.
   *
   * @throws IllegalArgumentException naming the key that is missing or invalid
   */
  static LandingOpener read(ConfigReader config) {
    return switch (Durability.read(config)) {
      case SPOOL -> {
        LandingConfig spool = LandingConfig.read(config);
        yield (store, metrics) -> SpoolLanding.open(spool, store, metrics);
      }
      case OBJECT -> {
        ObjectLandingConfig object = ObjectLandingConfig.read(config);
        yield (store, metrics) -> ObjectLanding.open(object, store, metrics);
      }
    };
  }
}
