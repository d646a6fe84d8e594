package dev.copyloop.events.settings;

import java.time.Duration;
import java.util.Locale;

/**
 * How custom events are credited to messages.
 *
 * @param id its name, unique in the org; with {@code version} the key in every table
 * @param eventName the custom events it counts
 * @param touch the weakest class of touch that is a candidate
 * @param window an event counts if 0 ≤ event − touch &lt; window
 */
public record AttributionRule(
    String id, int version, String eventName, Touch touch, Model model, Duration window) {

  /** The same rule as another version. */
  public AttributionRule withVersion(int other) {
    return new AttributionRule(id, other, eventName, touch, model, window);
  }

  /** A class of touch, weakest first; the strongest one present is credited. */
  public enum Touch {
    SEND,
    OPEN,
    CLICK;

    /** The lower-case name used in settings and tables. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How one event's credit is divided over its touches; the parts sum to 1. */
  public enum Model {
    LAST,
    FIRST,
    LINEAR,
    /** 40 % to the first, 40 % to the last, 20 % to those between. */
    POSITION;

    /** The lower-case name used in settings and tables. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
