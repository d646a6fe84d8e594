package dev.copyloop.stack.supervise;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one component running: starts it, and starts it again whenever it ends. */
final class Keeper {
  private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  /** Who ran for this long begins again with the shortest pause. */
  private static final Duration STABLE = Duration.ofSeconds(20);

  private final Component component;
  private final StateBoard board;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;
  private Duration pause = FIRST_PAUSE;

  Keeper(Component component, StateBoard board) {
    this.component = component;
    this.board = board;
    this.thread = new Thread(this::keep, "keep-" + component.name());
  }

  /** Begins; the future completes when the component answered for the first time. */
  CompletableFuture<Void> start() {
    thread.start();
    return ready;
  }

  /** Ends the component and its keeping. */
  void stop() throws InterruptedException, IOException {
    stopping.countDown();
    component.stop();
    thread.join();
    component.stop();
    board.update(component, ComponentState::stopped);
  }

  private void keep() {
    try {
      while (stopping.getCount() > 0) {
        runOnce();
        if (stopping.getCount() > 0) {
          board.update(component, ComponentState::paused);
        }
        if (stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void runOnce() throws InterruptedException {
    long start = System.nanoTime();
    try {
      ProcessHandle process = component.launch();
      board.update(component, state -> state.starting(ProcessIdentity.of(process)));
      component.awaitReady();
      board.update(component, ComponentState::up);
      LOG.info(
          "{} is up as process {} on port {}", component.name(), process.pid(), component.port());
      ready.complete(null);
      process.onExit().join();
      LOG.info("{} ended", component.name());
    } catch (IOException | RuntimeException e) {
      LOG.warn("Cannot run {}", component.name(), e);
      stopQuietly();
    }
    boolean stable = System.nanoTime() - start > STABLE.toNanos();
    pause = stable ? FIRST_PAUSE : longer(pause);
  }

  /** What did not become ready must not stay: its successor needs its port and its files. */
  private void stopQuietly() throws InterruptedException {
    try {
      component.stop();
    } catch (IOException e) {
      LOG.warn("Cannot stop {}", component.name(), e);
    }
  }

  private static Duration longer(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
  }
}
