package dev.copyloop.jobs.report;

import dev.copyloop.jobs.run.Job;
import dev.copyloop.jobs.run.JobResult;
import dev.copyloop.jobs.run.RunContext;
import java.io.IOException;
import java.util.List;

/** Adds up an org's published daily figures; writes no table. */
public final class ReportJob implements Job {

  private final String org;
  private final List<String> howToRead;

  /**
   * @param howToRead lines that open the org's exports
   */
  public ReportJob(String org, List<String> howToRead) {
    this.org = org;
    this.howToRead = List.copyOf(howToRead);
  }

  @Override
  public String name() {
    return "report";
  }

  @Override
  public String description() {
    return "Prints an org's figures by template and copy.";
  }

  @Override
  public JobResult run(RunContext context) throws IOException {
    return new Reports(org, context.published()).report(context.bucket(), howToRead);
  }
}
