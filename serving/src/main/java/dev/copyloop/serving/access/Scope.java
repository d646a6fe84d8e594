package dev.copyloop.serving.access;

import java.util.Locale;

/** What an API key may do. */
public enum Scope {
  /** Ask for copy. */
  GENERATE,
  /** Send custom events. */
  EVENTS,
  /** Set the time and the propensity of a generation. */
  REPLAY,
  /** Change the org's settings. */
  ADMIN;

  /** The lower-case name used in settings and answers. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The scope of that label.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Scope of(String label) {
    for (Scope scope : values()) {
      if (scope.label().equals(label)) {
        return scope;
      }
    }
    throw new IllegalArgumentException(
        "Invalid scope '" + label + "': expected generate, events, replay or admin");
  }
}
