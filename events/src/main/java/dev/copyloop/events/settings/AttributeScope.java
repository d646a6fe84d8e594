package dev.copyloop.events.settings;

import java.util.Locale;

/** Where Customer.io stores the answer of {@code generate}. */
public enum AttributeScope {
  /** On the journey: gone when the person leaves the campaign. */
  JOURNEY,
  /** On the person's profile: overwritten by the next journey. */
  CUSTOMER;

  /** The lower-case name used in settings, also the prefix in the message's Liquid. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
