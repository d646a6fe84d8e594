package dev.copyloop.jobs.report;

import dev.copyloop.jobs.run.Job;
import dev.copyloop.jobs.run.JobResult;
import dev.copyloop.jobs.run.RunContext;
import java.io.IOException;
import java.util.Optional;

/**
 * Counts the published deliveries by Customer.io's convention: each delivery once per metric,
 * machines and tests among them, on the day of the org on which the message was created.
 */
public final class TieOutJob implements Job {

  private final String org;
  private final Optional<String> campaign;

  /**
   * @param campaign Customer.io's id of the only campaign or broadcast to count
   */
  public TieOutJob(String org, Optional<String> campaign) {
    this.org = org;
    this.campaign = campaign;
  }

  @Override
  public String name() {
    return "tie-out";
  }

  @Override
  public String description() {
    return "Shows figures as Customer.io counts them, and why ours differ.";
  }

  @Override
  public JobResult run(RunContext context) throws IOException {
    LocalDays days = LocalDays.of(context.range());
    return new TieOuts(context.published(), context.settings(), org, campaign).of(days);
  }
}
