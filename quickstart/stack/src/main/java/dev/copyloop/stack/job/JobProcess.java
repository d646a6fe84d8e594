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

  /** A local stack's nights are over before the second compiler has paid for itself. */
  private static final String FIRST_COMPILER = "-XX:TieredStopAtLevel=1";

  /** The command that loads what every other one needs. */
  private static final String NIGHT = "nightly";

  private final Installation installation;
  private final Map<String, String> environment;

  private JobProcess(Installation installation, Map<String, String> environment) {
    this.installation = installation;
    this.environment = Map.copyOf(environment);
  }

  /**
   * Jobs of an installation.
   *
   * @param environment what the job needs to know; variables of this process come first
   */
  public static JobProcess of(Installation installation, Map<String, String> environment) {
    return new JobProcess(installation, environment);
  }

  /** Runs the job with its own options and returns its exit code. */
  public int run(List<String> arguments) throws IOException, InterruptedException {
    ClassArchive archive = ClassArchive.of(installation);
    return run(arguments, archive.using());
  }

  /**
   * The same; the first night takes some seconds longer, so that every later start takes some
   * seconds less.
   */
  public int runAndSpeedUpLaterStarts(List<String> arguments)
      throws IOException, InterruptedException {
    ClassArchive archive = ClassArchive.of(installation);
    boolean whole = arguments.contains(NIGHT);
    int exitCode = run(arguments, whole ? archive.usingOrMaking() : archive.using());
    archive.keep();
    return exitCode;
  }

  private int run(List<String> arguments, List<String> archiving)
      throws IOException, InterruptedException {
    List<String> options = new ArrayList<>(List.of(HEAP, FIRST_COMPILER));
    options.addAll(archiving);
    ProcessBuilder process = new ProcessBuilder(installation.jobs(options, MAIN, arguments));
    environment.forEach(process.environment()::putIfAbsent);
    return process.inheritIO().start().waitFor();
  }
}
