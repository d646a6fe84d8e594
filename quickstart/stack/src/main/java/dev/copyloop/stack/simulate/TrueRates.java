package dev.copyloop.stack.simulate;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How people who got one copy really behave; each rate is a probability per send.
 *
 * @param click a person clicks; who clicks has opened
 * @param conversion a person reaches Customer.io's goal, given a click
 * @param purchase a person buys within the days after the send, clicked or not
 * @param medianValue of a purchase, in USD
 */
public record TrueRates(
    double open, double click, double conversion, double purchase, double medianValue) {

  /** The copy key of those who get the existing message. */
  public static final String CONTROL = "control";

  /** The simulated copies, the control last. */
  public static final Map<String, TrueRates> BY_COPY = byCopy();

  private static Map<String, TrueRates> byCopy() {
    Map<String, TrueRates> rates = new LinkedHashMap<>();
    rates.put("short", new TrueRates(0.32, 0.050, 0.30, 0.030, 35));
    rates.put("question", new TrueRates(0.36, 0.075, 0.30, 0.038, 35));
    rates.put("discount", new TrueRates(0.34, 0.090, 0.40, 0.055, 28));
    rates.put(CONTROL, new TrueRates(0.30, 0.040, 0.25, 0.025, 35));
    return java.util.Collections.unmodifiableMap(rates);
  }
}
