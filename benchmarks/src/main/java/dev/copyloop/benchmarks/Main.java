package dev.copyloop.benchmarks;

import dev.copyloop.benchmarks.serving.ServingBenchmark;
import dev.copyloop.benchmarks.serving.TemplatesBenchmark;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The benchmarks that start processes; those of single methods are run by JMH. */
@Command(
    name = "benchmark",
    mixinStandardHelpOptions = true,
    subcommands = {ServingBenchmark.class, TemplatesBenchmark.class},
    description = "Measures Copyloop. Exit codes: 0 done, 1 failed, 2 usage.")
public final class Main {
  private Main() {}

  /** Runs one of them. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }
}
