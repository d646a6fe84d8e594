package dev.copyloop.serving.generate;

import java.math.BigDecimal;

/**
 * A number that prints as it was written and computes as what it is.
 *
 * <p>Liquid's filters take a {@link Number}; its printing takes {@code toString}.
 */
final class WrittenNumber extends Number {
  private static final long serialVersionUID = 1L;

  private final String written;

  WrittenNumber(String written) {
    this.written = written;
  }

  String written() {
    return written;
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
