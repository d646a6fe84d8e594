package dev.copyloop.stack.command;

import dev.copyloop.stack.home.LocalEnvironment;
import dev.copyloop.stack.job.JobProcess;
import dev.copyloop.stack.supervise.Installation;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Runs one Spark job; everything after its name is the job's own. */
@Command(
    name = "job",
    description = "Runs one Spark job against the local stack, or any by its options: job NAME ...")
public final class JobCommand implements Callable<Integer> {
  @Unmatched private List<String> arguments = List.of();

  @Override
  public Integer call() throws Exception {
    return run(arguments);
  }

  /** Runs a job by its name and options. */
  static int run(List<String> arguments) throws Exception {
    return JobProcess.of(Installation.configured(), LocalEnvironment.read(HomeOption.home()))
        .runAndSpeedUpLaterStarts(arguments);
  }
}
