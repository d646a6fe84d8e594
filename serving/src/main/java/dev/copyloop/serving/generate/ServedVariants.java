package dev.copyloop.serving.generate;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which variants a person has been answered with, since this process started: their texts are no
 * drafts any more. Somebody else writes them down. Thread-safe.
 */
public final class ServedVariants {
  private final Set<Served> served = ConcurrentHashMap.newKeySet();

  /** A variant of an org. */
  public record Served(String org, String copyId) {}

  /** A generation that is no test was answered with it. */
  public void mark(String org, String copyId) {
    Served variant = new Served(org, copyId);
    if (!served.contains(variant)) {
      served.add(variant);
    }
  }

  /** Whether it was. */
  public boolean contains(String org, String copyId) {
    return served.contains(new Served(org, copyId));
  }

  /** All of them. */
  public Set<Served> all() {
    return Set.copyOf(served);
  }
}
