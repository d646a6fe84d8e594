package dev.copyloop.jobs.compact;

import dev.copyloop.jobs.run.Job;
import dev.copyloop.jobs.run.JobResult;
import dev.copyloop.jobs.run.RunContext;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads again what was set aside, by landing hour, with the code and the signing keys of today.
 * What is understood becomes rows of a batch of its own; its rows in quarantine stay, marked. A
 * damaged object is not replayed: its readable lines were taken when it was consumed.
 */
public final class ReplayJob implements Job {
  private final SigningKeys keys;
  private final Execution execution;

  /** Whether a replay writes. */
  private enum Execution {
    REAL,
    DRY
  }

  private ReplayJob(SigningKeys keys, Execution execution) {
    this.keys = keys;
    this.execution = execution;
  }

  /** Recovers what can be recovered. */
  public static ReplayJob recovering(SigningKeys keys) {
    return new ReplayJob(keys, Execution.REAL);
  }

  /** Says what could be recovered, and writes nothing. */
  public static ReplayJob previewing(SigningKeys keys) {
    return new ReplayJob(keys, Execution.DRY);
  }

  @Override
  public String name() {
    return "replay";
  }

  @Override
  public String description() {
    return "Reads quarantined lines of the landing hours of --from to --to again.";
  }

  @Override
  public JobResult run(RunContext context) throws IOException {
    Ledger ledger = new Ledger(context.spark(), context.tables());
    ReplayPlan plan = ReplayPlan.of(context, ledger, keys);
    if (plan.batch().isEmpty()) {
      return result(plan, Optional.empty(), Set.copyOf(plan.reasons().keySet()));
    }
    Batch batch = plan.batch().get();
    Set<String> remaining =
        execution == Execution.DRY ? preview(context, batch) : recover(context, ledger, batch);
    Optional<String> written =
        execution == Execution.DRY ? Optional.empty() : Optional.of(batch.id());
    return result(plan, written, withUnread(plan, batch, remaining));
  }

  private static Set<String> preview(RunContext context, Batch batch) {
    try (BatchIndex index = BatchIndex.read(context, batch)) {
      return Recovery.remaining(batch, index);
    }
  }

  private static Set<String> recover(RunContext context, Ledger ledger, Batch batch) {
    if (!batch.resumed()) {
      ledger.plan(batch);
    }
    BatchRun run = new BatchRun(context, batch);
    BatchOutcome outcome = run.run();
    new Reconciliation(context.tables()).check(outcome);
    ledger.consume(batch, outcome.objects());
    return run.remaining();
  }

  /** Lines that no key verifies are not read at all. */
  private static Set<String> withUnread(ReplayPlan plan, Batch batch, Set<String> remaining) {
    Set<String> all = new HashSet<>(plan.reasons().keySet());
    for (LandingObject object : batch.objects()) {
      for (int line : object.lines().chosen()) {
        String place = LandingPlace.of(object.key(), line);
        if (!remaining.contains(place)) {
          all.remove(place);
        }
      }
    }
    return all;
  }

  private static ReplayResult result(
      ReplayPlan plan, Optional<String> batch, Set<String> remaining) {
    Map<String, Long> recovered = new TreeMap<>();
    Map<String, Long> left = new TreeMap<>();
    plan.reasons()
        .forEach(
            (place, reason) ->
                (remaining.contains(place) ? left : recovered).merge(reason, 1L, Long::sum));
    int objects = plan.batch().map(each -> each.objects().size()).orElse(0);
    return new ReplayResult(batch, objects, recovered, left);
  }
}
