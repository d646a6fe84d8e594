package dev.copyloop.jobs;

import dev.copyloop.jobs.lake.CommitHook;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The jobs' command line in a process of its own that halts at a commit. */
final class NightProcess implements AutoCloseable {
  private static final String HALTED = "halted at ";

  private final Process process;
  private final BufferedReader output;

  private NightProcess(Process process) {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Starts it; before the first commit to that table it halts until it is let go. */
  static NightProcess start(
      String haltsBefore, List<String> arguments, Map<String, String> environment)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + Path.of("target", "java.args").toAbsolutePath());
    command.add("-Xmx1g");
    command.addAll(List.of("-cp", classPath(), NightProcess.class.getName(), haltsBefore));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    return new NightProcess(builder.start());
  }

  /** The class path of these tests. */
  static String classPath() {
    String own = System.getProperty("surefire.test.class.path", "");
    return own.isEmpty() ? System.getProperty("java.class.path") : own;
  }

  /** Waits until it halts. */
  void awaitHalt() throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(HALTED)) {
        return;
      }
    }
    throw new IllegalStateException(
        "Ended without a halt, with " + process.onExit().join().exitValue());
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGSTOP, or SIGCONT. */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
  }

  /** Lets it go on from where it halts. */
  void letGo() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }

  /** Its exit code. */
  int await() throws IOException, InterruptedException {
    output.lines().forEach(line -> {});
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      throw new IllegalStateException("Still runs after its output ended");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** Halts before the first commit to a table. */
  private record Halt(String table, List<String> seen) implements CommitHook {
    @Override
    public void before(String name) {
      if (name.equals(table) && !seen.contains(name)) {
        System.out.println(HALTED + name);
        System.out.flush();
        try {
          if (System.in.read() < 0) {
            Runtime.getRuntime().halt(1);
          }
        } catch (IOException e) {
          throw new UncheckedIOException("Cannot wait", e);
        }
      }
      seen.add(name);
    }

    @Override
    public void after(String name) {}
  }

  /** The table to halt at, then the command line. */
  public static void main(String[] arguments) {
    List<String> own = List.of(arguments).subList(1, arguments.length);
    System.exit(
        Main.run(
            own.toArray(String[]::new),
            System.out,
            System.err,
            new Halt(arguments[0], new ArrayList<>())));
  }
}
