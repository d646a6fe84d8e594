package dev.copyloop.events.settings;

import java.util.Locale;

/** Which of a person's identifiers is the key of the person. */
public enum UserKey {
  /** The client's own id. */
  ID,
  /** The e-mail address, compared without case. */
  EMAIL,
  /** Customer.io's own id. */
  CIO_ID;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The lower-case name used in settings. */
  public String label() {
    return label;
  }
}
