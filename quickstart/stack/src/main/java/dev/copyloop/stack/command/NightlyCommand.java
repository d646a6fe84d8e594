package dev.copyloop.stack.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Runs all jobs of a night, in order, in one JVM. */
@Command(
    name = "nightly",
    description = "Runs all Spark jobs in order in one JVM: nightly --from TIME --to TIME ...")
public final class NightlyCommand implements Callable<Integer> {
  @Unmatched private List<String> arguments = List.of();

  @Override
  public Integer call() throws Exception {
    List<String> all = new ArrayList<>(List.of("nightly"));
    all.addAll(arguments);
    return JobCommand.run(all);
  }
}
