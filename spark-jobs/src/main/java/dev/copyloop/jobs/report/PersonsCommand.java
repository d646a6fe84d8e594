package dev.copyloop.jobs.report;

import dev.copyloop.jobs.run.Job;
import dev.copyloop.jobs.run.JobsConfig;
import dev.copyloop.jobs.run.ReadingCommand;
import java.io.PrintStream;
import picocli.CommandLine.Command;

/** Prints how many different people a range of days reached, as a table or as JSON. */
@Command(
    description =
        "Counts the different people of a range of an org's days, --from to before --to, exactly.")
public final class PersonsCommand extends ReadingCommand {

  public PersonsCommand(PrintStream out) {
    super(out);
  }

  @Override
  protected Job job(JobsConfig config, String ofOrg) {
    return new PersonsJob(ofOrg);
  }
}
