package dev.copyloop.landing;

import dev.copyloop.events.config.ConfigReader;

/** Where an arrival is when it is acknowledged. */
public enum Durability {
  /** On a disk of this host that survives a restart; in object storage later. */
  SPOOL,
  /** In object storage. */
  OBJECT;

  /** Reads {@code landing.durability}. */
  public static Durability read(ConfigReader config) {
    return config.parsed("landing.durability", SPOOL, Durability::of, "spool or object");
  }

  private static Durability of(String text) {
    return switch (text) {
      case "spool" -> SPOOL;
      case "object" -> OBJECT;
      default -> throw new IllegalArgumentException("expected spool or object");
    };
  }
}
