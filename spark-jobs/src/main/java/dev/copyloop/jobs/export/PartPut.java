package dev.copyloop.jobs.export;

import dev.copyloop.jobs.run.Bucket;
import dev.copyloop.jobs.run.ConditionalPut;
import dev.copyloop.jobs.run.ConditionalPut.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Puts one file of a part in the place of the one that the last manifest names, by its etag. What
 * an interrupted run of ours left there is replaced; what anybody else wrote is not.
 */
final class PartPut {
  /** The metadata's member that says which run put an object of ours. */
  static final String RUN = "copyloop-run";

  private final Bucket bucket;
  private final ConditionalPut puts;
  private final String runId;

  PartPut(Bucket bucket, String runId) {
    this.bucket = bucket;
    this.puts = new ConditionalPut(bucket);
    this.runId = runId;
  }

  /**
   * Puts a file and returns its etag, blank if the storage has none.
   *
   * @param known the etag that the last manifest names; empty: it names no such file
   * @throws IOException if the storage fails, or a foreign object lies there
   */
  String put(String key, Path file, Optional<String> known) throws IOException {
    Outcome outcome =
        known.filter(etag -> !etag.isBlank()).isPresent()
            ? puts.replace(key, known.get(), file, metadata())
            : puts.create(key, file, metadata());
    if (outcome == Outcome.REFUSED) {
      resolve(key, file);
    }
    String etag = bucket.find(key).map(Bucket.Entry::etag).orElse("");
    if (!etag.isBlank() && !puts.metadata(key, RUN).equals(Optional.of(runId))) {
      throw overwritten(key);
    }
    return etag;
  }

  private Map<String, String> metadata() {
    return Map.of(RUN, runId);
  }

  /** The object is not the one that was expected. */
  private void resolve(String key, Path file) throws IOException {
    Optional<Bucket.Entry> found = bucket.find(key);
    if (found.isPresent() && found.get().etag().isBlank()) {
      // A local folder, for trials: it has no way to tell whose a file is.
      try (OutputStream out = bucket.fileSystem().create(bucket.path(key), true)) {
        Files.copy(file, out);
      }
      return;
    }
    boolean ours = found.isEmpty() || puts.metadata(key, RUN).isPresent();
    Outcome outcome =
        !ours
            ? Outcome.REFUSED
            : found.isEmpty()
                ? puts.create(key, file, metadata())
                : puts.replace(key, found.get().etag(), file, metadata());
    if (outcome == Outcome.REFUSED) {
      throw overwritten(key);
    }
  }

  private IOException overwritten(String key) {
    return new IOException(
        ("%s was written by somebody else since it was last exported. Find out who writes below"
                + " this prefix and keep them away, then delete the object: the next run puts it"
                + " again")
            .formatted(bucket.path(key)));
  }
}
