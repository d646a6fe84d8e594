package dev.copyloop.stack.replay;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * Sends steps over real HTTP with keep-alive, many at once, every request until it is acknowledged.
 * One replay at a time.
 */
public final class ReplayClient implements AutoCloseable {
  private static final int THREADS = 2;

  private final ReplayConfig config;
  private final ExecutorService executor;
  private final HttpClient http;

  public ReplayClient(ReplayConfig config) {
    this.config = config;
    this.executor = Executors.newFixedThreadPool(THREADS, ReplayClient::daemon);
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(config.timeout())
            .executor(executor)
            .build();
  }

  /**
   * Sends all steps and waits until every request of theirs is acknowledged.
   *
   * @throws ReplayException on the first request that can't be
   */
  public ReplayResult replay(Iterator<ReplayStep> steps, ReplayListener listener)
      throws InterruptedException {
    return new Run(listener).replay(steps);
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "replay");
    thread.setDaemon(true);
    return thread;
  }

  /** One replay's state. */
  private final class Run {
    private final ReplayListener listener;
    private final RetryingSender sender = new RetryingSender(http, config, executor);
    private final Semaphore free = new Semaphore(config.inFlight());
    private final LongAdder acknowledged = new LongAdder();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    Run(ReplayListener listener) {
      this.listener = listener;
    }

    ReplayResult replay(Iterator<ReplayStep> steps) throws InterruptedException {
      long start = System.nanoTime();
      while (failure.get() == null && steps.hasNext()) {
        ReplayStep step = steps.next();
        free.acquire();
        var unused = run(step).whenComplete((done, problem) -> ended(step, problem));
      }
      free.acquire(config.inFlight());
      throwFailure();
      return new ReplayResult(
          acknowledged.sum(), sender.attempts(), Duration.ofNanos(System.nanoTime() - start));
    }

    private void ended(ReplayStep step, Throwable problem) {
      if (problem == null) {
        listener.finished(step);
      } else {
        failure.compareAndSet(null, problem);
      }
      free.release();
    }

    private CompletableFuture<Void> run(ReplayStep step) {
      CompletableFuture<Optional<String>> first =
          step.first()
              .map(request -> send(request).thenApply(Optional::of))
              .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
      return first.thenCompose(answer -> sendAll(step.next().apply(answer)));
    }

    private CompletableFuture<Void> sendAll(List<ReplayRequest> requests) {
      CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
      for (ReplayRequest request : requests) {
        all = all.thenCompose(before -> send(request)).thenApply(answer -> null);
      }
      return all;
    }

    private CompletableFuture<String> send(ReplayRequest request) {
      if (failure.get() != null) {
        return CompletableFuture.failedFuture(new ReplayException("Cannot replay: given up"));
      }
      return sender
          .send(request)
          .thenApply(
              answer -> {
                acknowledged.increment();
                listener.acknowledged(request, answer);
                return answer;
              });
    }

    private void throwFailure() {
      Throwable problem = failure.get();
      Throwable cause = problem instanceof CompletionException ? problem.getCause() : problem;
      if (cause instanceof ReplayException known) {
        throw known;
      }
      if (cause != null) {
        throw new ReplayException("Cannot replay: " + cause, cause);
      }
    }
  }
}
