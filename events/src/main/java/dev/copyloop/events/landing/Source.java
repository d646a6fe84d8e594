package dev.copyloop.events.landing;

import java.util.Locale;

/** Where a landed line came from; the second level of every landing key. */
public enum Source {
  /** A call of {@code generate}: the body is a {@code GenerationRecord}. */
  GENERATE,
  /** A Customer.io reporting webhook: the body is the sender's, byte for byte. */
  CIO,
  /** One of the client's own events: the body is the sender's item, byte for byte. */
  EVENTS;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The lower-case name used in keys, envelopes and tables. */
  public String label() {
    return label;
  }

  /**
   * The source of that label.
   *
   * @throws IllegalArgumentException if no source has it
   */
  public static Source of(String label) {
    for (Source source : values()) {
      if (source.label().equals(label)) {
        return source;
      }
    }
    throw new IllegalArgumentException(
        "Invalid source '" + label + "': expected generate, cio or events");
  }
}
