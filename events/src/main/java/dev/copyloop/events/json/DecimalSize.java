package dev.copyloop.events.json;

import java.math.BigDecimal;

/** How large a number is, known before any arithmetic, which would write 1e999999999 out. */
public final class DecimalSize {
  private DecimalSize() {}

  /** Digits before the point; 0 or less for a fraction. A long: ints may be too small for it. */
  public static long integerDigits(BigDecimal number) {
    return (long) number.precision() - number.scale();
  }
}
