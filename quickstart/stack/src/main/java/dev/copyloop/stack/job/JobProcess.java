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

  private final Installation installation;
  private final Map<String, String> environment;

  /**
   * @param environment what the job needs to know; variables of this process come first
   */
  public JobProcess(Installation installation, Map<String, String> environment) {
    this.installation = installation;
    this.environment = Map.copyOf(environment);
  }

  /** Runs the job with its own options and returns its exit code. */
  public int run(List<String> arguments) throws IOException, InterruptedException {
    return process(arguments).inheritIO().start().waitFor();
  }

  private ProcessBuilder process(List<String> arguments) {
    ProcessBuilder process =
        new ProcessBuilder(installation.jobs(List.of(HEAP), MAIN, new ArrayList<>(arguments)));
    environment.forEach(process.environment()::putIfAbsent);
    return process;
  }
}
