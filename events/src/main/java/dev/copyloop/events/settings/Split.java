package dev.copyloop.events.settings;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;

/**
 * Who splits a template's people into control and treatment, from a time on.
 *
 * @param from inclusive; the split holds until the next one
 * @param controlShare the share that is control, in [0, 1); 0 where the campaign splits, since its
 *     {@linkplain Binding#controlShare() binding} tells it
 */
public record Split(Instant from, Mode mode, BigDecimal controlShare) {

  /** What holds before the first split of a template. */
  public static final Split EXTERNAL = new Split(Instant.EPOCH, Mode.EXTERNAL, BigDecimal.ZERO);

  public Split {
    if (controlShare.signum() < 0 || controlShare.compareTo(BigDecimal.ONE) >= 0) {
      throw new IllegalArgumentException(
          "Invalid control share " + controlShare + ": expected a number in [0, 1)");
    }
  }

  /** Whether generate decides on the arm, and with it a call of control exists. */
  public boolean madeByGenerate() {
    return mode != Mode.EXTERNAL;
  }

  /** Who splits, and what keeps its arm. */
  public enum Mode {
    /** The campaign splits: every call of generate is treatment. */
    EXTERNAL,
    /** Generate splits, and a person keeps arm and copy in every journey. */
    PERSISTENT,
    /** Generate splits, each journey anew. */
    RANDOM;

    /** The lower-case name used in settings. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
