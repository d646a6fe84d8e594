package dev.copyloop.jobs.report;

import dev.copyloop.jobs.run.Job;
import dev.copyloop.jobs.run.JobsConfig;
import dev.copyloop.jobs.run.ReadingCommand;
import java.io.PrintStream;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the figures as Customer.io's own screens count them, and how ours come of them. */
@Command(
    description =
        "Shows an org's figures by action as Customer.io's screens count them, by the day a message"
            + " was created, and names why ours differ.")
public final class TieOutCommand extends ReadingCommand {

  @Option(
      names = "--campaign",
      paramLabel = "ID",
      description = "Customer.io's id of the only campaign or broadcast to show.")
  private String campaign;

  public TieOutCommand(PrintStream out) {
    super(out);
  }

  @Override
  protected Job job(JobsConfig config, String ofOrg) {
    return new TieOutJob(ofOrg, Optional.ofNullable(campaign));
  }
}
