package dev.copyloop.serving.generate;

import dev.copyloop.events.generation.FallbackReason;
import dev.copyloop.events.generation.GenerationRecord;
import dev.copyloop.serving.decide.Decision;
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
  private volatile Map<String, Answer> younger = new ConcurrentHashMap<>();
  private volatile Map<String, Answer> older = Map.of();

  /**
   * @param size how many generations are remembered at least, at most twice as many
   */
  public RetryCache(int size) {
    this.halfSize = size;
  }

  /** What a generation was answered with. */
  record Answer(
      String copyId,
      double propensity,
      GenerationRecord.Draw draw,
      Optional<FallbackReason> fallback) {}

  /** The answer given before; empty if there is none, or it is forgotten. */
  Optional<Answer> find(String generationId) {
    Answer answer = younger.get(generationId);
    return Optional.ofNullable(answer != null ? answer : older.get(generationId));
  }

  /** Remembers a decision. */
  void put(String generationId, Decision decision) {
    put(
        generationId,
        new Answer(
            decision.variant().copyId(),
            decision.propensity(),
            decision.draw(),
            decision.fallback()));
  }

  private void put(String generationId, Answer answer) {
    younger.put(generationId, answer);
    if (younger.size() >= halfSize) {
      turn();
    }
  }

  /** Remembers what an earlier process drew. */
  public void restore(GenerationRecord generation) {
    if (generation.forced()) {
      return;
    }
    put(
        generation.generationId(),
        new Answer(
            generation.copyId(),
            generation.propensity(),
            generation.draw(),
            generation.fallback()));
  }

  private synchronized void turn() {
    if (younger.size() >= halfSize) {
      older = younger;
      younger = new ConcurrentHashMap<>();
    }
  }
}
