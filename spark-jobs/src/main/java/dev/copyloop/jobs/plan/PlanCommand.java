package dev.copyloop.jobs.plan;

import dev.copyloop.jobs.run.ExitCode;
import dev.copyloop.jobs.run.JobsConfig;
import dev.copyloop.jobs.run.RunContext;
import dev.copyloop.jobs.run.RunMode;
import dev.copyloop.jobs.run.RunOptions;
import dev.copyloop.jobs.run.RunRequest;
import dev.copyloop.jobs.run.SparkSessions;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints what a run would do. It takes no lease, since it writes no table. */
@Command(
    mixinStandardHelpOptions = true,
    description = {
      "Says what a run would consume and recompute, and how long it may take; writes no table.",
      "With --from and --to it plans their backfill, else a night."
    })
public final class PlanCommand implements Callable<Integer> {
  private final PrintStream out;

  @Mixin private RunOptions options;

  @Option(
      names = "--org",
      paramLabel = "SLUG",
      description = "The only org whose rows are counted. Default: all.")
  private String org;

  public PlanCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    RunRequest request = options.request(RunMode.NIGHTLY, Optional.ofNullable(org));
    if (request.range().from().isPresent() && request.range().to().isPresent()) {
      request = new RunRequest(request.runId(), RunMode.BACKFILL, request.range(), request.org());
    }
    JobsConfig config = options.config();
    try (SparkSession spark = SparkSessions.open(config)) {
      RunContext context = new RunContext(request, config, spark);
      for (String line : context.run(new PlanJob()).summary()) {
        out.println("plan: " + line);
      }
    }
    out.flush();
    return ExitCode.OK.code();
  }
}
