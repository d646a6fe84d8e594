package dev.copyloop.landing;

import dev.copyloop.events.config.ConfigReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Configurations of small landings. */
public final class Settings {
  private Settings() {}

  /** Small and quick, with some keys set otherwise. */
  public static LandingConfig of(Path spool, String... keysAndValues) {
    Map<String, String> values = new TreeMap<>();
    values.put("landing.spool.directory", spool.toString());
    values.put("landing.drain.grace", "60s");
    // A disk of a busy machine may stall for longer than a sender would wait.
    values.put("landing.queue.age", "60s");
    // Where the tests run in a container, its own disk is an overlay.
    values.put("landing.spool.allow-volatile", "true");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return LandingConfig.read(ConfigReader.of(values, Map.of()));
  }
}
