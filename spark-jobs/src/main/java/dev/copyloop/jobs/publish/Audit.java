package dev.copyloop.jobs.publish;

/** Checks one thing that must hold before a state is published. */
interface Audit {

  /** What it found. */
  Finding check(Changes changes);

  /**
   * What an audit found.
   *
   * @param text the figures, one line for a person
   */
  record Finding(boolean passed, String text) {
    static Finding of(boolean passed, String text) {
      return new Finding(passed, text);
    }
  }
}
