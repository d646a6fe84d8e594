package dev.copyloop.serving.generate;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which variants a person has been answered with, since this process started: their texts are no
 * drafts any more. Somebody else writes them down. Thread-safe.
 */
public final class ServedVariants {
  private final Set<String> copyIds = ConcurrentHashMap.newKeySet();

  /** A generation that is no test was answered with it. */
  public void mark(String copyId) {
    if (!copyIds.contains(copyId)) {
      copyIds.add(copyId);
    }
  }

  /** All of them. */
  public Set<String> copyIds() {
    return Set.copyOf(copyIds);
  }
}
