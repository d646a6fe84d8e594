package dev.copyloop.stack.trial;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * One customer of the trial.
 *
 * @param number the row's number, from 1; identical rows exist, so every id comes from it
 * @param attrs the eight columns that were known before the mail, as the file's own text
 * @param variant the mail's variant; empty: no mail
 */
public record HillstromRow(
    int number,
    Map<String, String> attrs,
    Optional<String> variant,
    boolean visited,
    boolean converted,
    BigDecimal spend) {

  public HillstromRow {
    attrs = Map.copyOf(attrs);
  }
}
