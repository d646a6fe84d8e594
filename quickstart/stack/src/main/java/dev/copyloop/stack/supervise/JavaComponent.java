package dev.copyloop.stack.supervise;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** A component that is a JVM of its own and answers over HTTP. */
final class JavaComponent implements Component {
  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration BETWEEN_PROBES = Duration.ofMillis(100);

  private final String name;
  private final int port;
  private final ProcessBuilder command;
  private final Path log;
  private final HttpProbe probe;
  private final Preparation preparation;
  private final Duration grace;
  private volatile Process process;

  /** What its users need once it answers. */
  @FunctionalInterface
  interface Preparation {
    void run() throws IOException;
  }

  /**
   * @param grace how long it may take to end in order
   */
  JavaComponent(
      String name,
      int port,
      ProcessBuilder command,
      Path log,
      HttpProbe probe,
      Preparation preparation,
      Duration grace) {
    this.name = name;
    this.port = port;
    this.command = command;
    this.log = log;
    this.probe = probe;
    this.preparation = preparation;
    this.grace = grace;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public ProcessHandle launch() throws IOException {
    process =
        command
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    return process.toHandle();
  }

  @Override
  public void awaitReady() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START.toNanos();
    while (!probe.answers()) {
      if (!process.isAlive()) {
        throw new IOException(
            "Cannot start %s: it ended with %d; see %s".formatted(name, process.exitValue(), log));
      }
      if (System.nanoTime() > deadline) {
        throw new IOException(
            "Cannot start %s: no answer after %s; see %s".formatted(name, START, log));
      }
      Thread.sleep(BETWEEN_PROBES.toMillis());
    }
    preparation.run();
  }

  @Override
  public void stop() throws IOException, InterruptedException {
    Process running = process;
    if (running != null) {
      ProcessIdentity.of(running.toHandle()).stop(grace);
    }
  }
}
