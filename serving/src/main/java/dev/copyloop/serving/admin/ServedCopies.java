package dev.copyloop.serving.admin;

/** Knows which variants this process has answered with. */
@FunctionalInterface
public interface ServedCopies {
  /** Whether a person of the org got that variant from this process. Thread-safe. */
  boolean servedHere(String org, String copyId);
}
