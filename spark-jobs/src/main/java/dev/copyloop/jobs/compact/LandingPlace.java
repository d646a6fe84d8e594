package dev.copyloop.jobs.compact;

/** Spells where a line landed. */
final class LandingPlace {
  private LandingPlace() {}

  /** The object's key and the line, from 1. */
  static String of(String object, int line) {
    return object + "#" + line;
  }
}
