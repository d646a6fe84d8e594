package dev.copyloop.stack.supervise;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process that can still be told from a later one with the same id.
 *
 * @param pid 0: none
 * @param started its start in unix milliseconds, 0 if the system does not tell
 */
public record ProcessIdentity(long pid, long started) {
  static final ProcessIdentity NONE = new ProcessIdentity(0, 0);

  public static ProcessIdentity of(ProcessHandle process) {
    return new ProcessIdentity(process.pid(), startOf(process));
  }

  /** The process, if this very one still runs. */
  public Optional<ProcessHandle> running() {
    return pid == 0
        ? Optional.empty()
        : ProcessHandle.of(pid)
            .filter(ProcessHandle::isAlive)
            .filter(process -> startOf(process) == started);
  }

  /**
   * Asks the process to end, and ends it by force after the grace.
   *
   * @throws IOException if it outlives even that
   */
  void stop(Duration grace) throws IOException, InterruptedException {
    Optional<ProcessHandle> process = running();
    if (process.isEmpty()) {
      return;
    }
    process.get().destroy();
    if (!ended(process.get(), grace)) {
      process.get().destroyForcibly();
      if (!ended(process.get(), grace)) {
        throw new IOException("Cannot end process %d: end it by hand".formatted(pid));
      }
    }
  }

  private static boolean ended(ProcessHandle process, Duration grace)
      throws IOException, InterruptedException {
    try {
      process.onExit().get(grace.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IOException("Cannot wait for process " + process.pid(), e);
    }
  }

  private static long startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }
}
