package dev.copyloop.events.landing;

import java.util.Locale;

/** What is known about the sender of a landed line. */
public enum Verification {
  /** The signature or the API key was checked and is right. */
  VERIFIED,
  /** A signing key is configured and none of them made this signature: kept, not counted. */
  UNVERIFIED,
  /** No signing key is configured, so nothing could be checked: counted. */
  UNKNOWN;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The lower-case name used in envelopes and tables. */
  public String label() {
    return label;
  }

  /**
   * The verification of that label.
   *
   * @throws IllegalArgumentException if none has it
   */
  public static Verification of(String label) {
    for (Verification verification : values()) {
      if (verification.label().equals(label)) {
        return verification;
      }
    }
    throw new IllegalArgumentException("Invalid verification '" + label + "'");
  }
}
