package dev.copyloop.jobs.maintain;

import dev.copyloop.jobs.run.ExitCode;
import dev.copyloop.jobs.run.JobException;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the bucket's lifecycle rules. */
@Command(
    mixinStandardHelpOptions = true,
    description =
        "Prints lifecycle rules for the bucket, for aws s3api put-bucket-lifecycle-configuration.")
public final class LifecycleCommand implements Callable<Integer> {
  private static final int LEAST = 30;

  private final PrintStream out;

  @Option(
      names = "--cool-after",
      defaultValue = "90",
      paramLabel = "DAYS",
      description =
          "Age at which landings move to infrequent access, from 30. Default: ${DEFAULT-VALUE}.")
  private int coolAfterDays;

  public LifecycleCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    if (coolAfterDays < LEAST) {
      throw JobException.usage(
          "Invalid --cool-after %d: S3 takes %d days or more".formatted(coolAfterDays, LEAST));
    }
    out.print(BucketLifecycle.json(coolAfterDays));
    out.flush();
    return ExitCode.OK.code();
  }
}
