package dev.copyloop.benchmarks.serving;

import dev.copyloop.benchmarks.contender.Contender;
import dev.copyloop.benchmarks.load.LoadClient;
import dev.copyloop.benchmarks.load.LoadResult;
import dev.copyloop.benchmarks.measure.DiskProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** All contenders in one run, turn by turn, so that each meets the same machine. */
@Command(
    name = "serving",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures serving and landing against what they are compared with, all in one run.",
      "Servers are processes of their own on loopback; the client shares the machine with them."
    })
public final class ServingBenchmark implements Callable<Integer> {
  private static final long IDLE_MILLIS = 6_000;
  private static final Duration DISK = Duration.ofMillis(500);
  private static final List<Load> LOADS =
      List.of(Load.FEW, Load.MANY, Load.CALM, Load.BUSY, Load.STORM);

  @Option(names = "--quick", description = "One short round: where you stand, not a figure to keep")
  private boolean quick;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "How often each contender has its turn (default: ${DEFAULT-VALUE})")
  private int rounds;

  @Option(
      names = "--seconds",
      defaultValue = "3",
      description = "How long each load lasts (default: ${DEFAULT-VALUE})")
  private int seconds;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description =
          "How long each closed load is applied before, for the JIT compiler"
              + " (default: ${DEFAULT-VALUE})")
  private int warmUp;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "NAME",
      description =
          "These contenders only, of: vertx-echo, nginx-return-200,"
              + " generate-without-storage, generate-durable, webhook-durable,"
              + " generate-durable-in-objects, postgres-collector")
  private List<String> only = Lab.ALL;

  @Option(
      names = "--server-option",
      paramLabel = "OPTION",
      description = "A JVM option for every server under load; repeatable")
  private List<String> serverOptions = List.of();

  @Option(
      names = "--folder",
      defaultValue = "target/benchmark",
      description =
          "What is written goes here, results too: on the disk to measure"
              + " (default: ${DEFAULT-VALUE})")
  private Path folder;

  @Override
  public Integer call() throws Exception {
    if (quick) {
      rounds = 1;
      seconds = Math.min(seconds, 2);
      warmUp = Math.min(warmUp, 5);
    }
    Files.createDirectories(folder);
    Results results = new Results(only);
    Path run = Files.createTempDirectory(folder.toAbsolutePath(), "run-");
    try (Lab lab = Lab.open(run, serverOptions)) {
      measure(lab, results);
    } finally {
      Scratch.delete(run);
    }
    System.out.print(new Report(results).text());
    Files.writeString(folder.resolve("serving.md"), new Report(results).markdown());
    Files.writeString(folder.resolve("serving.json"), new Report(results).json());
    System.out.println("\nAlso in " + folder.resolve("serving.md") + " and serving.json");
    return 0;
  }

  private void measure(Lab lab, Results results) throws IOException, InterruptedException {
    List<Contender> contenders = lab.contenders(only);
    for (Contender contender : contenders) {
      System.err.println("warming up " + contender.name());
      apply(contender, Load.FEW, Duration.ofSeconds(warmUp));
      apply(contender, Load.MANY, Duration.ofSeconds(warmUp));
      contender.cpu().awaitIdle(IDLE_MILLIS);
    }
    for (int round = 1; round <= rounds; round++) {
      results.addDisk(DiskProbe.run(lab.folder(), DISK));
      for (Contender contender : contenders) {
        System.err.printf("round %d of %d: %s%n", round, rounds, contender.name());
        for (Load load : LOADS) {
          if (!load.equals(Load.STORM) || contender.landing()) {
            measure(contender, load, results.of(contender.name(), load));
          }
        }
      }
    }
  }

  private void measure(Contender contender, Load load, Figures figures)
      throws IOException, InterruptedException {
    LandingCounters before = contender.landing() ? LandingCounters.read(contender.address()) : null;
    long cpu = contender.cpu().nanos();
    LoadResult result = apply(contender, load, Duration.ofSeconds(seconds));
    // What is still sealed and uploaded belongs to these answers, and must not slow the next down.
    contender.cpu().awaitIdle(IDLE_MILLIS);
    figures.add(result, contender.cpu().nanos() - cpu);
    if (before != null) {
      LandingCounters after = LandingCounters.read(contender.address());
      figures.addLanding(after.since(before));
    }
  }

  private static LoadResult apply(Contender contender, Load load, Duration duration)
      throws IOException, InterruptedException {
    try (LoadClient client =
        LoadClient.open(contender.address(), contender.requests().get(), load.connections())) {
      return load.apply(client, duration);
    }
  }
}
