package dev.copyloop.serving.generate;

import dev.copyloop.events.generation.FallbackReason;
import dev.copyloop.events.generation.GenerationRecord;
import dev.copyloop.serving.decide.EarlierAnswer;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What recent generations were answered with, so that a retry gets the same copy. Bounded: each of
 * its parts has two halves; when the younger is full, the older is dropped and the younger takes
 * its place. Thread-safe.
 *
 * <p>Hundreds of thousands of small objects that live for minutes would make each pause of the
 * garbage collector longer: see {@link AnswerTable}.
 */
public final class RetryCache {
  private static final Logger LOG = LoggerFactory.getLogger(RetryCache.class);

  /** Event loops hardly ever meet in one of so many parts; a power of two. */
  private static final int PARTS = 64;

  private final Part[] parts = new Part[PARTS];

  /**
   * @param size about how many generations are remembered at least, at most twice as many
   */
  public RetryCache(int size) {
    for (int i = 0; i < PARTS; i++) {
      parts[i] = new Part((size + PARTS - 1) / PARTS);
    }
  }

  /** The answer given before; empty if there is none, or it is forgotten. */
  Optional<EarlierAnswer> find(UUID generation) {
    return Optional.ofNullable(part(generation).find(generation));
  }

  /** Remembers an answer. */
  void put(UUID generation, EarlierAnswer answer) {
    part(generation).put(generation, answer);
  }

  /**
   * Remembers what an earlier process drew. A forced copy and the one of a body that could not be
   * read were not drawn: the next call of the generation is.
   */
  public void restore(GenerationRecord record) {
    if (record.forced() || record.fallback().equals(Optional.of(FallbackReason.MALFORMED_BODY))) {
      return;
    }
    try {
      UUID generation = UUID.fromString(record.generationId());
      put(generation, EarlierAnswer.of(record));
    } catch (IllegalArgumentException e) {
      LOG.warn("Cannot remember a generation of the spool: its id is no UUID");
    }
  }

  private Part part(UUID generation) {
    return parts[(int) generation.getLeastSignificantBits() & (PARTS - 1)];
  }

  private static final class Part {
    private final int halfSize;
    private AnswerTable younger;
    private AnswerTable older;

    Part(int halfSize) {
      this.halfSize = halfSize;
      this.younger = new AnswerTable(halfSize);
      this.older = new AnswerTable(0);
    }

    synchronized EarlierAnswer find(UUID generation) {
      EarlierAnswer answer = younger.find(generation);
      return answer != null ? answer : older.find(generation);
    }

    synchronized void put(UUID generation, EarlierAnswer answer) {
      if (younger.isFull()) {
        older = younger;
        younger = new AnswerTable(halfSize);
      }
      younger.put(generation, answer);
    }
  }
}
