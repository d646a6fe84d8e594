package dev.copyloop.jobs;

import dev.copyloop.jobs.lake.CommitHook;
import dev.copyloop.jobs.lease.DatabaseLease;
import dev.copyloop.jobs.lease.Lease;
import dev.copyloop.jobs.publish.PublishedSpecs;
import dev.copyloop.jobs.run.ExitCode;
import dev.copyloop.jobs.run.Job;
import dev.copyloop.jobs.run.JobException;
import dev.copyloop.jobs.run.JobResult;
import dev.copyloop.jobs.run.JobsConfig;
import dev.copyloop.jobs.run.ProgressLine;
import dev.copyloop.jobs.run.RunContext;
import dev.copyloop.jobs.run.RunMode;
import dev.copyloop.jobs.run.RunOptions;
import dev.copyloop.jobs.run.RunRequest;
import dev.copyloop.jobs.run.SparkSessions;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs one or several jobs, in order, in one session, and prints their results. */
@Command(mixinStandardHelpOptions = true)
class JobCommand implements Callable<Integer> {
  private final List<Job> jobs;
  private final RunMode mode;
  private final CommitHook hook;
  private final PrintStream out;
  private final PrintStream progress;

  @Mixin private RunOptions options;

  @Option(
      names = "--org",
      paramLabel = "SLUG",
      description = "The only org whose figures are recomputed. Default: all.")
  private String org;

  @Option(
      names = "--stages",
      split = ",",
      paramLabel = "NAME",
      description = "Only these of the command's jobs; they keep their order. Default: all.")
  private List<String> stages = List.of();

  JobCommand(List<Job> jobs, RunMode mode, CommitHook hook, PrintStream out, PrintStream progress) {
    this.jobs = jobs;
    this.mode = mode;
    this.hook = hook;
    this.out = out;
    this.progress = progress;
  }

  @Override
  public Integer call() throws IOException {
    List<Job> chosen = chosen(jobs());
    JobsConfig config = options.config();
    RunRequest request = options.request(mode, Optional.ofNullable(org));
    try (Lease lease = lease(config, request);
        SparkSession spark = SparkSessions.open(config);
        ProgressLine line = new ProgressLine(spark.sparkContext(), progress)) {
      RunContext context = new RunContext(request, config, spark, lease, hook);
      out.println("run " + request.runId());
      if (lease.isTakenOver()) {
        context.tables().fence(PublishedSpecs.ALL);
      }
      for (Job job : chosen) {
        line.begin(job.name());
        print(job, context.run(job));
      }
    }
    return ExitCode.OK.code();
  }

  /** What the command runs, in order, by its options. */
  List<Job> jobs() {
    return jobs;
  }

  /** Whether it writes the lake by its options, so that it needs its turn. */
  boolean writes() {
    return true;
  }

  private Lease lease(JobsConfig config, RunRequest request) {
    return writes()
        ? DatabaseLease.acquire(config.lease(), request.runId(), request.purpose())
        : Lease.NONE;
  }

  private List<Job> chosen(List<Job> all) {
    List<String> known = all.stream().map(Job::name).toList();
    for (String stage : stages) {
      if (!known.contains(stage)) {
        throw JobException.usage(
            "Invalid stage '%s': expected some of %s".formatted(stage, String.join(",", known)));
      }
    }
    return stages.isEmpty()
        ? all
        : all.stream().filter(job -> stages.contains(job.name())).toList();
  }

  private void print(Job job, JobResult result) {
    for (String text : result.summary()) {
      out.println(job.name() + ": " + text);
    }
    out.flush();
  }
}
