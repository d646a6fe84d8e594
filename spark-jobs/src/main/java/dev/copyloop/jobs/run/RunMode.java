package dev.copyloop.jobs.run;

import java.util.Locale;

/** What a run is for. All modes run the same jobs; they differ in what is taken and recomputed. */
public enum RunMode {
  /** Consumes what landed before the range's end and recomputes what it touches. */
  NIGHTLY,
  /**
   * Consumes all that is pending, then recomputes the range's hours, on the clock of events
   * (occurred_at), by the current settings.
   */
  BACKFILL,
  /** Empties the tables and computes everything anew from the landings. */
  REBUILD;

  /** The lower-case name used in results and published states. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
