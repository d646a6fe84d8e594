package dev.copyloop.stack.simulate;

import java.util.Map;

/**
 * One person who enters the campaign once.
 *
 * @param entered unix seconds
 * @param control whether the campaign's split sent this journey to the existing message
 * @param retried whether the caller repeats its generate call
 */
public record Person(
    int number, long entered, boolean control, boolean retried, Map<String, String> attrs) {
  public Person {
    attrs = Map.copyOf(attrs);
  }

  public String user() {
    return "person-" + number;
  }

  /** The journey's id, which is also the generate call's tracking id. */
  public String journey() {
    return "journey-" + number;
  }

  public String delivery() {
    return "delivery-" + number;
  }
}
