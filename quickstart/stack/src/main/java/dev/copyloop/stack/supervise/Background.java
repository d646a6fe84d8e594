package dev.copyloop.stack.supervise;

import dev.copyloop.embedded.StorageProcess;
import dev.copyloop.stack.home.StackHome;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The stack whose supervisor runs in the background, apart from this terminal. */
public final class Background {
  /** The environment variable that names a stack's folder. */
  public static final String HOME = "COPYLOOP_HOME";

  private static final Duration START = Duration.ofMinutes(4);
  private static final Duration STOP = Duration.ofMinutes(2);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private final StackHome home;
  private final Installation installation;

  /**
   * Prepares to run a stack.
   *
   * @param installation whose modules are run
   */
  public Background(StackHome home, Installation installation) {
    this.home = home;
    this.installation = installation;
  }

  /**
   * Starts the supervisor if none runs, and waits until everything is up.
   *
   * @param mainClass what to run
   * @param arguments its arguments
   * @throws IOException if it does not come up; the message names the log
   */
  public void up(String mainClass, List<String> arguments)
      throws IOException, InterruptedException {
    home.create();
    Optional<ProcessHandle> running = supervisor();
    ProcessHandle supervisor =
        running.isPresent() ? running.get() : launch(mainClass, arguments).toHandle();
    long deadline = System.nanoTime() + START.toNanos();
    while (!isUpUnder(supervisor)) {
      if (!supervisor.isAlive()) {
        throw new IOException("Cannot start: see " + log());
      }
      if (System.nanoTime() > deadline) {
        throw new IOException("Cannot start within %s: see %s".formatted(START, log()));
      }
      Thread.sleep(BETWEEN_LOOKS.toMillis());
    }
  }

  /**
   * Stops the supervisor and with it everything in order, or what a killed one left.
   *
   * @return whether anything ran
   * @throws IOException if something still runs afterwards
   */
  public boolean down() throws IOException, InterruptedException {
    Optional<StackState> state = StackState.read(home);
    if (state.isEmpty()) {
      return false;
    }
    boolean ran = anythingRuns(state.get());
    state.get().supervisor().stop(STOP);
    Leftovers.stop(home);
    if (anythingRuns(StackState.read(home).orElseThrow())) {
      throw new IOException("Cannot stop everything: see ./copyloop status and " + log());
    }
    return ran;
  }

  private boolean isUpUnder(ProcessHandle supervisor) throws IOException {
    return StackState.read(home)
        .filter(state -> state.supervisor().pid() == supervisor.pid())
        .filter(StackState::everythingRuns)
        .isPresent();
  }

  private static boolean anythingRuns(StackState state) {
    return state.supervisor().running().isPresent()
        || state.components().stream()
            .anyMatch(component -> component.process().running().isPresent());
  }

  private Optional<ProcessHandle> supervisor() throws IOException {
    return StackState.read(home).flatMap(state -> state.supervisor().running());
  }

  private Process launch(String mainClass, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("nohup"));
    command.addAll(
        Installation.stack(
            List.of(
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-Dcopyloop.log.level=INFO",
                "-D" + Installation.CHECKOUT + "=" + installation.checkout(),
                "-D" + StorageProcess.LIBRARIES + "=" + StorageProcess.libraries()),
            mainClass,
            arguments));
    ProcessBuilder process = new ProcessBuilder(Detached.command(command));
    process.environment().put(HOME, home.root().toString());
    return process
        .redirectInput(new File("/dev/null"))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
        .start();
  }

  private Path log() {
    return home.log("supervisor");
  }
}
