package dev.copyloop.jobs.report;

import dev.copyloop.jobs.run.Job;
import dev.copyloop.jobs.run.JobResult;
import dev.copyloop.jobs.run.RunContext;
import java.io.IOException;

/**
 * Counts the different people of a range exactly, from the published rows of single deliveries,
 * engagements and custom events. Daily figures can't tell: who clicks on two days is in both.
 */
public final class PersonsJob implements Job {

  private final String org;

  public PersonsJob(String org) {
    this.org = org;
  }

  @Override
  public String name() {
    return "persons";
  }

  @Override
  public String description() {
    return "Counts the different people of a range of days.";
  }

  @Override
  public JobResult run(RunContext context) throws IOException {
    LocalDays days = LocalDays.of(context.range());
    return new PersonCounts(context.published(), context.settings(), org, days).count();
  }
}
