package dev.copyloop.stack.command;

import dev.copyloop.stack.demo.Demo;
import dev.copyloop.stack.demo.DemoSource;
import dev.copyloop.stack.demo.HillstromDemo;
import dev.copyloop.stack.demo.SimulatedDemo;
import dev.copyloop.stack.home.StackHome;
import dev.copyloop.stack.simulate.SimulationConfig;
import dev.copyloop.stack.supervise.Installation;
import dev.copyloop.stack.supervise.Supervisor;
import dev.copyloop.stack.trial.HillstromFile;
import dev.copyloop.stack.trial.HillstromReplay;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The whole pipeline on real input, in one command. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Starts a stack of its own, replays traffic through it, runs the night and shows the result;",
      "then keeps serving until Ctrl-C. The state of the last demo is in .copyloop/demo."
    })
public final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--input",
      paramLabel = "FILE",
      description = "Replay Hillstrom's e-mail trial, a CSV file, plain or gzip.")
  private Path input;

  @Option(
      names = "--people",
      defaultValue = "20000",
      description = "Simulated people (${DEFAULT-VALUE}).")
  private int people;

  @Option(names = "--days", defaultValue = "14", description = "Simulated days (${DEFAULT-VALUE}).")
  private int days;

  @Option(
      names = "--seed",
      defaultValue = "42",
      description = "Same seed, same traffic (${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--exit", description = "End after the result instead of serving on.")
  private boolean exit;

  @Override
  public Integer call() throws Exception {
    DemoSource source = source(Instant.now().truncatedTo(ChronoUnit.HOURS));
    StackHome home = HomeOption.home().demo();
    Installation installation = Installation.configured();
    System.err.println("Starting PostgreSQL, object storage and serving ...");
    Supervisor.reset(home);
    try (Supervisor supervisor = Supervisor.start(home, installation)) {
      SuperviseCommand.closeAtExit(supervisor);
      new Demo(home, supervisor.settings(), installation).run(source);
      if (!exit) {
        serveOn(home, supervisor);
      }
    }
    return 0;
  }

  private DemoSource source(Instant end) throws IOException {
    return input == null
        ? new SimulatedDemo(new SimulationConfig(people, days, seed, end))
        : new HillstromDemo(HillstromFile.read(input), new HillstromReplay(seed, end));
  }

  private static void serveOn(StackHome home, Supervisor supervisor) throws InterruptedException {
    System.out.printf(
        "Serving at %s until Ctrl-C; what a client needs: %s%n",
        supervisor.settings().servingUrl(), home.localEnvironment());
    new CountDownLatch(1).await();
  }
}
