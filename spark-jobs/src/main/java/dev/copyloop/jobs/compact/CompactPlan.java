package dev.copyloop.jobs.compact;

import dev.copyloop.events.landing.LandingKey;
import dev.copyloop.jobs.run.Bucket;
import dev.copyloop.jobs.run.RunContext;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which batches a run works on: those that were planned and not finished, as they were planned,
 * then one of all objects that no batch has taken yet, a night's only of landing hours before its
 * range's end. The range's start excludes nothing: what landed late is still new.
 */
record CompactPlan(List<Batch> batches) {

  static CompactPlan of(RunContext context, Ledger ledger) throws IOException {
    Ledger.State state = ledger.read();
    List<Batch> batches = new ArrayList<>(state.unfinished());
    List<LandingObject> fresh = fresh(context, state.taken());
    if (!fresh.isEmpty()) {
      batches.add(Batch.of(nextId(context.runId(), state.batchIds()), fresh, false));
    }
    return new CompactPlan(batches);
  }

  /** A retried run keeps its id, so its second batch needs another name than its first. */
  private static String nextId(String runId, Set<String> used) {
    String id = runId;
    for (int attempt = 2; used.contains(id); attempt++) {
      id = runId + "." + attempt;
    }
    return id;
  }

  private static List<LandingObject> fresh(RunContext context, Set<String> taken)
      throws IOException {
    Optional<Instant> end = context.request().landedBefore();
    List<LandingObject> fresh = new ArrayList<>();
    Bucket bucket = context.bucket();
    bucket.list(
        LandingKey.PREFIX,
        entry ->
            LandingKey.parse(entry.key())
                .filter(key -> end.map(key.hour()::isBefore).orElse(true))
                .filter(key -> !taken.contains(entry.key()))
                .ifPresent(key -> fresh.add(LandingObject.of(key, entry.key(), entry.bytes()))));
    return fresh;
  }
}
