package dev.copyloop.jobs.report;

import dev.copyloop.jobs.run.Job;
import dev.copyloop.jobs.run.JobsConfig;
import dev.copyloop.jobs.run.ReadingCommand;
import java.io.PrintStream;
import picocli.CommandLine.Command;

/** Prints an org's figures as a table or as the JSON of {@link Report}. */
@Command(description = "Prints an org's figures by template and copy.")
public final class ReportCommand extends ReadingCommand {

  public ReportCommand(PrintStream out) {
    super(out);
  }

  @Override
  protected Job job(JobsConfig config, String ofOrg) {
    return new ReportJob(ofOrg, HowToRead.lines(config, ofOrg));
  }
}
