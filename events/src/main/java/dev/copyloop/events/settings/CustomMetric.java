package dev.copyloop.events.settings;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A figure of an org's own, made of its own events: those of people who were sent a message, inside
 * a window after it, whatever they touched.
 *
 * @param id its name, unique in the org; with {@code version} the key in every table
 * @param eventName the custom events it is made of
 * @param where properties that an event must have, each with exactly that value as text
 * @param aggregate what it counts of them
 * @param window an event counts if 0 ≤ event − send &lt; window
 * @param direction which way is better
 * @param role what it decides
 */
public record CustomMetric(
    String id,
    int version,
    String eventName,
    Map<String, String> where,
    Aggregate aggregate,
    Duration window,
    Direction direction,
    Role role) {

  public CustomMetric {
    where = Map.copyOf(where);
  }

  /** The properties in order of their names. */
  public Map<String, String> orderedWhere() {
    return new TreeMap<>(where);
  }

  /** What a metric counts of its events. */
  public enum Aggregate {
    /** Events. */
    COUNT,
    /** People, each by the first of their events. */
    UNIQUE,
    /** The events' values, by currency. */
    SUM;

    /** The lower-case name used in settings. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Which way a metric is better. */
  public enum Direction {
    INCREASE,
    DECREASE;

    /** The lower-case name used in settings. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What a metric decides. */
  public enum Role {
    /** It can be the key metric that a template is judged by. */
    KEY,
    /** It must not get worse. */
    GUARDRAIL,
    /** It is only looked at. */
    NONE;

    /** The lower-case name used in settings. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
