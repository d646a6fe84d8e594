package dev.copyloop.benchmarks.contender;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server under load: a JVM of its own, on a port of its own. */
public final class ServerProcess implements AutoCloseable {
  /** What its first line of output ends with, followed by host and port. */
  static final String LISTENS = "listens on ";

  private static final long STOP_SECONDS = 40;

  /** System property: the folder of the built serving tier, with its JVM's options. */
  private static final String TARGET = "copyloop.serving.target";

  private final Process process;
  private final InetSocketAddress address;

  private ServerProcess(Process process, InetSocketAddress address) {
    this.process = process;
    this.address = address;
  }

  /**
   * Starts a class of this class path with the options of the serving tier, and waits until it says
   * where it listens.
   *
   * @param options added to those that every server has
   * @param log takes what it writes to standard error
   */
  public static ServerProcess start(
      Class<?> main, List<String> options, List<String> arguments, Path log) throws IOException {
    return start(System.getProperty("java.class.path"), main, options, arguments, log);
  }

  /** The same with a class of the serving tier as it is built: from its jar and libraries. */
  public static ServerProcess startBuilt(
      Class<?> main, List<String> options, List<String> arguments, Path log) throws IOException {
    return start(target("*") + File.pathSeparator + target("lib/*"), main, options, arguments, log);
  }

  private static String target(String file) {
    return System.getProperty(TARGET) + "/" + file;
  }

  private static ServerProcess start(
      String classPath, Class<?> main, List<String> options, List<String> arguments, Path log)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + target("java.args"));
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main.getName()));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .redirectInput(new File("/dev/null"))
            .redirectError(log.toFile())
            .start();
    // Closed with the process: nothing follows the line that says where it listens.
    BufferedReader output = process.inputReader();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.contains(LISTENS)) {
        return new ServerProcess(process, address(line));
      }
    }
    throw new IOException("Cannot start %s: see %s".formatted(main.getSimpleName(), log));
  }

  private static InetSocketAddress address(String line) {
    int port = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return address;
  }

  /** The process. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
