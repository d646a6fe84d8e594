package dev.copyloop.jobs.compact;

import dev.copyloop.jobs.run.RunContext;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    Map<String, LandingObject> landed = LandingObjects.list(context.bucket());
    List<Batch> batches = new ArrayList<>();
    for (Batch batch : state.unfinished()) {
      if (!batch.isReplay()) {
        batches.add(batch.at(landed));
      }
    }
    List<LandingObject> fresh = fresh(context, state.taken(), landed);
    if (!fresh.isEmpty()) {
      batches.add(Batch.of(Batch.nextId(context.runId(), state.batchIds()), fresh, false));
    }
    return new CompactPlan(batches);
  }

  private static List<LandingObject> fresh(
      RunContext context, Set<String> taken, Map<String, LandingObject> landed) {
    Optional<Instant> end = context.request().landedBefore();
    return landed.values().stream()
        .filter(object -> end.map(object.hour()::isBefore).orElse(true))
        .filter(object -> !taken.contains(object.key()))
        .toList();
  }
}
