package dev.copyloop.events.generation;

import java.util.Locale;

/** Why a template's fallback copy was served instead of a drawn variant. */
public enum FallbackReason {
  /** The filters of every active variant refuse these attributes. */
  NO_ELIGIBLE_VARIANT,
  /** Every variant that the filters admit needs a field that is absent. */
  MISSING_FIELD,
  /** The body is not JSON, but its template could be read. */
  MALFORMED_BODY,
  /** The variant's Liquid failed or overran its limits. */
  RENDER_FAILED;

  /** The lower-case name used in records and tables. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The reason of that label.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static FallbackReason of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
