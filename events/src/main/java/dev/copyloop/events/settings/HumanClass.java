package dev.copyloop.events.settings;

import java.util.Locale;

/** Who opened or clicked, weakest evidence of a person first. */
public enum HumanClass {
  /** The sender flagged a machine: a prefetch, a link scanner. */
  MACHINE,
  /** The sender said nothing. */
  UNKNOWN,
  /** The sender said that no machine did it. */
  HUMAN;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The lower-case name used in settings and tables. */
  public String label() {
    return label;
  }
}
