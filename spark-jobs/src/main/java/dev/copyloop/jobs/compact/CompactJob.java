package dev.copyloop.jobs.compact;

import dev.copyloop.jobs.run.Job;
import dev.copyloop.jobs.run.JobResult;
import dev.copyloop.jobs.run.RunContext;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Consumes landings that no earlier batch consumed into events, generations and quarantine. */
public final class CompactJob implements Job {
  @Override
  public String name() {
    return "compact";
  }

  @Override
  public String description() {
    return "Consumes new landing objects into events, generations and quarantine.";
  }

  @Override
  public JobResult run(RunContext context) throws IOException {
    Ledger ledger = new Ledger(context.spark(), context.tables());
    CompactPlan plan = CompactPlan.of(context, ledger);
    List<BatchOutcome> outcomes = new ArrayList<>();
    for (Batch batch : plan.batches()) {
      outcomes.add(run(context, ledger, batch));
    }
    return result(outcomes);
  }

  private static BatchOutcome run(RunContext context, Ledger ledger, Batch batch) {
    if (!batch.resumed()) {
      ledger.plan(batch);
    }
    BatchOutcome outcome = new BatchRun(context, batch).run();
    new Reconciliation(context.tables()).check(outcome);
    ledger.consume(batch, outcome.objects());
    return outcome;
  }

  private static CompactResult result(List<BatchOutcome> outcomes) {
    List<String> batches = new ArrayList<>();
    Map<String, CompactResult.Lines> sources = new TreeMap<>();
    Map<String, Long> reasons = new TreeMap<>();
    long reused = 0;
    long disagreeing = 0;
    SortedSet<LocalDate> eventDays = new TreeSet<>();
    SortedSet<LocalDate> generationDays = new TreeSet<>();
    for (BatchOutcome outcome : outcomes) {
      batches.add(outcome.batch().id());
      outcome
          .sources()
          .forEach((source, lines) -> sources.merge(source, lines, CompactResult.Lines::plus));
      outcome.reasons().forEach((reason, rows) -> reasons.merge(reason, rows, Long::sum));
      reused += outcome.eventIdsReused();
      disagreeing += outcome.generationsDisagreeing();
      eventDays.addAll(outcome.eventDays());
      generationDays.addAll(outcome.generationDays());
    }
    return new CompactResult(
        batches, sources, reasons, reused, disagreeing, eventDays, generationDays);
  }
}
