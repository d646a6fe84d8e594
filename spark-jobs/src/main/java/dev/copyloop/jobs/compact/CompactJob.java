package dev.copyloop.jobs.compact;

import dev.copyloop.jobs.run.Job;
import dev.copyloop.jobs.run.JobResult;
import dev.copyloop.jobs.run.RunContext;

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
  public JobResult run(RunContext context) {
    throw new UnsupportedOperationException("compact");
  }
}
