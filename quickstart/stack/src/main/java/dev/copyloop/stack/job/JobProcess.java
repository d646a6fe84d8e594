package dev.copyloop.stack.job;

import dev.copyloop.stack.supervise.Installation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs one Spark job in a JVM of its own, on this terminal. */
public final class JobProcess {
  private static final String MAIN = "dev.copyloop.jobs.Main";
  private static final String HEAP = "-Xmx2500m";

  /** On input of a demo's size, compiling twice costs more than the faster code gives back. */
  private static final String SHORT_RUN = "-XX:TieredStopAtLevel=1";

  private final Installation installation;
  private final List<String> options;
  private final Map<String, String> environment;

  private JobProcess(
      Installation installation, List<String> options, Map<String, String> environment) {
    this.installation = installation;
    this.options = options;
    this.environment = Map.copyOf(environment);
  }

  /**
   * Jobs of any length.
   *
   * @param environment what the job needs to know; variables of this process come first
   */
  public static JobProcess of(Installation installation, Map<String, String> environment) {
    return new JobProcess(installation, List.of(HEAP), environment);
  }

  /** Jobs that last seconds. */
  public static JobProcess shortRuns(Installation installation, Map<String, String> environment) {
    return new JobProcess(installation, List.of(HEAP, SHORT_RUN), environment);
  }

  /** Runs the job with its own options and returns its exit code. */
  public int run(List<String> arguments) throws IOException, InterruptedException {
    return process(arguments).inheritIO().start().waitFor();
  }

  private ProcessBuilder process(List<String> arguments) {
    ProcessBuilder process =
        new ProcessBuilder(installation.jobs(options, MAIN, new ArrayList<>(arguments)));
    environment.forEach(process.environment()::putIfAbsent);
    return process;
  }
}
