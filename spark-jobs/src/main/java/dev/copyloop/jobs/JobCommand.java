package dev.copyloop.jobs;

import dev.copyloop.jobs.run.ExitCode;
import dev.copyloop.jobs.run.Job;
import dev.copyloop.jobs.run.JobResult;
import dev.copyloop.jobs.run.JobsConfig;
import dev.copyloop.jobs.run.ProgressLine;
import dev.copyloop.jobs.run.RunContext;
import dev.copyloop.jobs.run.RunOptions;
import dev.copyloop.jobs.run.SparkSessions;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs one or several jobs, in order, in one session, and prints their results. */
@Command(mixinStandardHelpOptions = true)
final class JobCommand implements Callable<Integer> {
  private final List<Job> jobs;
  private final PrintStream out;
  private final PrintStream progress;

  @Mixin private RunOptions options;

  JobCommand(List<Job> jobs, PrintStream out, PrintStream progress) {
    this.jobs = jobs;
    this.out = out;
    this.progress = progress;
  }

  @Override
  public Integer call() throws IOException {
    JobsConfig config = options.config();
    String runId = options.runId();
    var range = options.range();
    try (SparkSession spark = SparkSessions.open(config);
        ProgressLine line = new ProgressLine(spark.sparkContext(), progress)) {
      RunContext context = new RunContext(runId, range, config, spark);
      out.println("run " + runId);
      for (Job job : jobs) {
        line.begin(job.name());
        print(job, context.run(job));
      }
    }
    return ExitCode.OK.code();
  }

  private void print(Job job, JobResult result) {
    for (String text : result.summary()) {
      out.println(job.name() + ": " + text);
    }
    out.flush();
  }
}
