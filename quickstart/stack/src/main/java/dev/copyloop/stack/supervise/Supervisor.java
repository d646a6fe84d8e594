package dev.copyloop.stack.supervise;

import dev.copyloop.stack.home.LocalEnvironment;
import dev.copyloop.stack.home.StackHome;
import dev.copyloop.stack.home.StackSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Runs the local stack in this process's care: PostgreSQL and object storage, then serving. What
 * dies is started again. Closing stops everything in the opposite order. Whoever comes after a
 * killed supervisor ends what that one left, and starts from its state.
 */
public final class Supervisor implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(3);

  private final StackSettings settings;
  private final StackLock lock;
  private final StateBoard board;
  private final Deque<Keeper> keepers = new ArrayDeque<>();

  private Supervisor(StackSettings settings, StackLock lock, StateBoard board) {
    this.settings = settings;
    this.lock = lock;
    this.board = board;
  }

  /**
   * Starts everything and waits until it answers.
   *
   * @throws IOException if another supervisor runs this home, or something does not start
   */
  public static Supervisor start(StackHome home, Installation installation)
      throws IOException, InterruptedException {
    home.create();
    StackLock lock = takeLock(home);
    Leftovers.stop(home);
    StackSettings settings = StackSettings.loadOrCreate(home);
    LocalEnvironment.write(home, settings);
    Component postgres = new PostgresComponent(home, settings);
    Component storage = Components.storage(home, settings);
    Component serving = Components.serving(home, settings, installation);
    StateBoard board = new StateBoard(home, List.of(postgres, storage, serving));
    Supervisor supervisor = new Supervisor(settings, lock, board);
    try {
      supervisor.keep(postgres, storage);
      supervisor.keep(serving);
      return supervisor;
    } catch (IOException | InterruptedException | RuntimeException e) {
      supervisor.close();
      throw e;
    }
  }

  /**
   * Ends what a killed supervisor left of this home and removes all its state.
   *
   * @throws IOException if a supervisor runs this home
   */
  public static void reset(StackHome home) throws IOException, InterruptedException {
    home.create();
    StackLock held = takeLock(home);
    try {
      Leftovers.stop(home);
    } finally {
      held.close();
    }
    home.delete();
  }

  private static StackLock takeLock(StackHome home) throws IOException {
    return StackLock.take(home)
        .orElseThrow(
            () ->
                new IOException(
                    "Cannot start: the stack in %s runs already".formatted(home.root())));
  }

  /** The ports and secrets. */
  public StackSettings settings() {
    return settings;
  }

  @Override
  public synchronized void close() throws IOException {
    try {
      while (!keepers.isEmpty()) {
        keepers.pop().stop();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while the stack stopped", e);
    } finally {
      lock.close();
    }
  }

  private void keep(Component... components) throws IOException, InterruptedException {
    List<CompletableFuture<Void>> ready =
        List.of(components).stream()
            .map(component -> new Keeper(component, board))
            .peek(keepers::push)
            .map(Keeper::start)
            .toList();
    try {
      CompletableFuture.allOf(ready.toArray(CompletableFuture[]::new))
          .get(START.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(
          "Cannot start %s within %s: see the logs"
              .formatted(
                  List.of(components).stream()
                      .map(Component::name)
                      .collect(Collectors.joining(", ")),
                  START),
          e);
    }
  }
}
