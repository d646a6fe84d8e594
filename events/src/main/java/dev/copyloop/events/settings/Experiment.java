package dev.copyloop.events.settings;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;

/**
 * How a template is judged, from a time on: until the next one of the same template. Its decimals
 * are rounded to six, as many as tables keep.
 *
 * @param from its start
 * @param controlShare the share of journeys that stay control, in [0, 1)
 * @param keyMetric what decides: a measure of daily figures, a rule or a custom metric
 * @param minimumDetectableEffect the smallest relative effect worth finding, above 0, at most a
 *     million
 * @param alpha the accepted probability of a false alarm, in (0, 1)
 * @param expectedUnits the units expected at the decision, to which the sequential interval is
 *     tuned, at least 1
 */
public record Experiment(
    String templateId,
    Instant from,
    BigDecimal controlShare,
    String keyMetric,
    BigDecimal minimumDetectableEffect,
    BigDecimal alpha,
    long expectedUnits) {

  private static final int SCALE = 6;

  /** The greatest effect that is believed. */
  private static final BigDecimal GREATEST_EFFECT = new BigDecimal(1_000_000);

  public Experiment {
    controlShare = rounded(controlShare);
    minimumDetectableEffect = rounded(minimumDetectableEffect);
    alpha = rounded(alpha);
    require(
        controlShare.signum() >= 0 && controlShare.compareTo(BigDecimal.ONE) < 0,
        "control share " + controlShare + ": expected a number in [0, 1)");
    require(
        minimumDetectableEffect.signum() > 0
            && minimumDetectableEffect.compareTo(GREATEST_EFFECT) <= 0,
        "minimum detectable effect "
            + minimumDetectableEffect
            + ": expected a number above 0, at most "
            + GREATEST_EFFECT);
    require(
        alpha.signum() > 0 && alpha.compareTo(BigDecimal.ONE) < 0,
        "alpha " + alpha + ": expected a number in (0, 1)");
    require(expectedUnits >= 1, "expected units " + expectedUnits + ": expected at least 1");
  }

  private static BigDecimal rounded(BigDecimal number) {
    return number.scale() > SCALE ? number.setScale(SCALE, RoundingMode.HALF_EVEN) : number;
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException("Invalid " + rule);
    }
  }
}
