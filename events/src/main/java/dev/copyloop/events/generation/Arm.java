package dev.copyloop.events.generation;

import java.util.Locale;

/** The arm of a template an exposure belongs to. */
public enum Arm {
  /** A copy was asked for. */
  TREATMENT,
  /** The existing message was sent. */
  CONTROL;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The lower-case name used in records and tables. */
  public String label() {
    return label;
  }

  /**
   * The arm of that label.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Arm of(String label) {
    return switch (label) {
      case "treatment" -> TREATMENT;
      case "control" -> CONTROL;
      default ->
          throw new IllegalArgumentException(
              "Invalid arm '" + label + "': expected treatment or control");
    };
  }
}
