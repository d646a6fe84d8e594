package dev.copyloop.jobs.attribute.journey;

import java.util.Locale;

/** What a delivery's arm was read from, strongest first. */
public enum ArmSource {
  /** The generation itself says which arm was drawn. */
  GENERATION,
  /** The binding names the delivery's action. */
  ACTION,
  /** The binding names the action's parent. */
  PARENT_ACTION,
  /** The binding names no action: the journey's own calls decide. */
  INFERRED;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The lower-case name used in tables. */
  public String label() {
    return label;
  }
}
