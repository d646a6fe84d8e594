package dev.copyloop.stack.command;

import dev.copyloop.stack.supervise.Health;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Shows how the local stack does. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Shows every process of the local stack.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:everything answers", "3:something does not"})
public final class StatusCommand implements Callable<Integer> {
  private static final int NOT_HEALTHY = 3;

  @Override
  public Integer call() throws Exception {
    Health health = Health.of(HomeOption.home());
    System.out.printf(
        Locale.ROOT, "%-10s %9s %7s %9s  %s%n", "component", "pid", "port", "restarts", "health");
    for (Health.Line line : health.lines()) {
      System.out.printf(
          Locale.ROOT,
          "%-10s %9s %7d %9d  %s%n",
          line.name(),
          line.pid().map(String::valueOf).orElse("-"),
          line.port(),
          line.restarts(),
          line.healthy() ? "ok" : line.pid().isPresent() ? "does not answer" : "not running");
    }
    return health.allHealthy() ? 0 : NOT_HEALTHY;
  }
}
