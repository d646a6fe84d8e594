package dev.copyloop.serving.generate;

import java.math.BigDecimal;

/**
 * A number that prints as it was written and computes as what it is.
 *
 * <p>Liquid's filters take a {@link Number}; its printing takes {@code toString}.
 */
final class WrittenNumber extends Number {
  private static final long serialVersionUID = 1L;

  /** Digits on either side of the point; a double has some three hundred. */
  private static final int MAX_DIGITS = 1_000;

  private final String written;

  WrittenNumber(String written) {
    this.written = written;
  }

  String written() {
    return written;
  }

  /**
   * Whether it has so many digits that computing with it would hold up everybody: only an exponent
   * makes a short text that many.
   */
  boolean isOutsized() {
    if (written.indexOf('e') < 0 && written.indexOf('E') < 0) {
      return false;
    }
    try {
      return Math.abs((long) new BigDecimal(written).scale()) > MAX_DIGITS;
    } catch (NumberFormatException e) {
      return true;
    }
  }

  @Override
  public int intValue() {
    return (int) doubleValue();
  }

  @Override
  public long longValue() {
    return new BigDecimal(written).longValue();
  }

  @Override
  public float floatValue() {
    return (float) doubleValue();
  }

  @Override
  public double doubleValue() {
    return Double.parseDouble(written);
  }

  @Override
  public String toString() {
    return written;
  }
}
