package dev.copyloop.serving.generate;

import dev.copyloop.events.generation.GenerationRecord;
import dev.copyloop.serving.decide.Decision;
import dev.copyloop.serving.decide.EarlierAnswer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What recent generations were answered with, so that a retry gets the same copy. Bounded: two
 * halves; when the younger is full, the older is dropped and the younger takes its place.
 * Thread-safe.
 */
public final class RetryCache {
  private final int halfSize;
  private volatile Map<String, EarlierAnswer> younger = new ConcurrentHashMap<>();
  private volatile Map<String, EarlierAnswer> older = Map.of();

  /**
   * @param size how many generations are remembered at least, at most twice as many
   */
  public RetryCache(int size) {
    this.halfSize = size;
  }

  /** The answer given before; empty if there is none, or it is forgotten. */
  Optional<EarlierAnswer> find(String generationId) {
    EarlierAnswer answer = younger.get(generationId);
    return Optional.ofNullable(answer != null ? answer : older.get(generationId));
  }

  /** Remembers a decision. */
  void put(String generationId, Decision decision) {
    put(generationId, EarlierAnswer.of(decision));
  }

  private void put(String generationId, EarlierAnswer answer) {
    younger.put(generationId, answer);
    if (younger.size() >= halfSize) {
      turn();
    }
  }

  /** Remembers what an earlier process drew. */
  public void restore(GenerationRecord generation) {
    if (!generation.forced()) {
      put(generation.generationId(), EarlierAnswer.of(generation));
    }
  }

  private synchronized void turn() {
    if (younger.size() >= halfSize) {
      older = younger;
      younger = new ConcurrentHashMap<>();
    }
  }
}
