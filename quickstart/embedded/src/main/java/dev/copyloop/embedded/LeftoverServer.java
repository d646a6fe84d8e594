package dev.copyloop.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A PostgreSQL server that outlived the process that had started it. */
final class LeftoverServer {
  private static final Logger LOG = LoggerFactory.getLogger(LeftoverServer.class);
  private static final long STOP_SECONDS = 30;

  private LeftoverServer() {}

  /**
   * Stops the server that runs on a data directory, if one does. The process id in {@code
   * postmaster.pid} may by now be another program's: only a process that names this very directory
   * is touched.
   */
  static void stop(Path dataDirectory) throws IOException {
    Optional<ProcessHandle> server = running(dataDirectory);
    if (server.isEmpty()) {
      return;
    }
    LOG.info("Stopping the PostgreSQL server {} left on {}", server.get().pid(), dataDirectory);
    signal(server.get(), "INT");
    if (!ended(server.get())) {
      signal(server.get(), "QUIT");
      if (!ended(server.get())) {
        throw new IOException(
            "Cannot stop the PostgreSQL server %d left on %s: stop it by hand"
                .formatted(server.get().pid(), dataDirectory));
      }
    }
  }

  /** The process of the server that runs on a data directory. */
  static Optional<ProcessHandle> running(Path dataDirectory) throws IOException {
    Path file = dataDirectory.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file);
    if (lines.size() < 2 || !lines.get(0).strip().matches("\\d{1,9}")) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
        .filter(process -> serves(process.info(), dataDirectory));
  }

  private static boolean serves(ProcessHandle.Info process, Path dataDirectory) {
    boolean here =
        process
            .arguments()
            .map(arguments -> List.of(arguments).contains(dataDirectory.toString()))
            .orElse(true);
    return here && process.command().orElse("").endsWith("postgres");
  }

  private static void signal(ProcessHandle process, String name) throws IOException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
  }

  private static boolean ended(ProcessHandle process) throws IOException {
    try {
      process.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while waiting for PostgreSQL to stop", e);
    } catch (ExecutionException e) {
      throw new IOException("Cannot wait for PostgreSQL to stop", e);
    }
  }
}
