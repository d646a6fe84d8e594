package dev.copyloop.jobs.compact;

import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;

/**
 * What was found in one landing object.
 *
 * @param object its number in the batch
 * @param sha256 of the uncompressed bytes that could be read, lower-case hex
 * @param lines how many lines could be read
 * @param quarantined how many of them are no rows of a table
 * @param damaged 1 if it could not be read to its end or is not what was written, else 0
 * @param minOccurredMillis time of its earliest row, epoch milliseconds; above the latest's if none
 * @param days epoch days of its rows' times
 */
record ObjectSummary(
    int object,
    String sha256,
    long lines,
    long quarantined,
    int damaged,
    long minOccurredMillis,
    long maxOccurredMillis,
    SortedSet<Integer> days)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  Optional<Instant> minOccurredAt() {
    return days.isEmpty() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(minOccurredMillis));
  }

  Optional<Instant> maxOccurredAt() {
    return days.isEmpty() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(maxOccurredMillis));
  }
}
