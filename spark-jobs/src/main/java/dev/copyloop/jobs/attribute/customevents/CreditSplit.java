package dev.copyloop.jobs.attribute.customevents;

import dev.copyloop.events.settings.AttributionRule;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Divides one event over its touches: exact to the sixth decimal, the remainder to the last. */
final class CreditSplit {

  private static final int SCALE = 6;
  private static final BigDecimal ENDS = new BigDecimal("0.4");
  private static final BigDecimal BETWEEN = new BigDecimal("0.2");
  private static final BigDecimal ZERO = BigDecimal.ZERO.setScale(SCALE);

  private CreditSplit() {}

  /**
   * The touches' shares, in their order; they sum to exactly 1.
   *
   * @param touches their number, at least 1
   */
  static List<BigDecimal> shares(AttributionRule.Model model, int touches) {
    return completed(
        switch (model) {
          case LAST -> Collections.nCopies(touches - 1, BigDecimal.ZERO);
          case FIRST -> onlyFirst(touches);
          case LINEAR -> Collections.nCopies(touches - 1, part(BigDecimal.ONE, touches));
          case POSITION -> byPosition(touches);
        },
        BigDecimal.ONE);
  }

  /** A value in those shares; the parts sum to exactly the value. */
  static List<BigDecimal> parts(BigDecimal value, List<BigDecimal> shares) {
    return completed(
        shares.subList(0, shares.size() - 1).stream().map(value::multiply).toList(), value);
  }

  private static List<BigDecimal> onlyFirst(int touches) {
    List<BigDecimal> shares = new ArrayList<>(Collections.nCopies(touches - 1, BigDecimal.ZERO));
    if (touches > 1) {
      shares.set(0, BigDecimal.ONE);
    }
    return shares;
  }

  private static List<BigDecimal> byPosition(int touches) {
    if (touches <= 2) {
      return Collections.nCopies(touches - 1, part(BigDecimal.ONE, touches));
    }
    List<BigDecimal> shares =
        new ArrayList<>(Collections.nCopies(touches - 1, part(BETWEEN, touches - 2)));
    shares.set(0, ENDS);
    return shares;
  }

  private static BigDecimal part(BigDecimal whole, int parts) {
    return whole.divide(BigDecimal.valueOf(parts), SCALE, RoundingMode.DOWN);
  }

  /** All parts but the last, at scale, and the last: what is left of the whole. */
  private static List<BigDecimal> completed(List<BigDecimal> allButLast, BigDecimal whole) {
    List<BigDecimal> parts = new ArrayList<>(allButLast.size() + 1);
    BigDecimal sum = ZERO;
    for (BigDecimal part : allButLast) {
      BigDecimal scaled = part.setScale(SCALE, RoundingMode.DOWN);
      parts.add(scaled);
      sum = sum.add(scaled);
    }
    parts.add(whole.subtract(sum).setScale(SCALE, RoundingMode.UNNECESSARY));
    return parts;
  }
}
