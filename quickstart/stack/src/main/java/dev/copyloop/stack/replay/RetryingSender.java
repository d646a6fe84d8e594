package dev.copyloop.stack.replay;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Sends one request until the server acknowledges it: a refused or reset connection, a timeout and
 * every 5xx are tried again, with the same bytes. Thread-safe.
 */
final class RetryingSender {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final HttpClient client;
  private final ReplayConfig config;
  private final Executor executor;
  private final LongAdder attempts = new LongAdder();

  RetryingSender(HttpClient client, ReplayConfig config, Executor executor) {
    this.client = client;
    this.config = config;
    this.executor = executor;
  }

  long attempts() {
    return attempts.sum();
  }

  /** Completes with the answer's text, or exceptionally with a {@link ReplayException}. */
  CompletableFuture<String> send(ReplayRequest request) {
    Sending sending = new Sending(request);
    sending.attempt();
    return sending.result;
  }

  /** One request on its way. */
  private final class Sending {
    private final ReplayRequest request;
    private final CompletableFuture<String> result = new CompletableFuture<>();
    private final long deadline = System.nanoTime() + config.patience().toNanos();
    private Duration pause = FIRST_PAUSE;

    Sending(ReplayRequest request) {
      this.request = request;
    }

    void attempt() {
      attempts.increment();
      var unused =
          client
              .sendAsync(http(request), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
              .whenComplete(this::answered);
    }

    private void answered(HttpResponse<String> answer, Throwable failure) {
      if (failure != null) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        failed(cause instanceof IOException, cause.toString(), cause);
      } else if (answer.statusCode() / 100 == 2) {
        result.complete(answer.body());
      } else {
        failed(answer.statusCode() / 100 == 5, answer.statusCode() + " " + answer.body(), null);
      }
    }

    private void failed(boolean retryable, String answer, Throwable cause) {
      String problem = "Cannot replay %s %s: %s".formatted(request.path(), request.id(), answer);
      if (!retryable) {
        result.completeExceptionally(new ReplayException(problem, cause));
      } else if (System.nanoTime() + pause.toNanos() > deadline) {
        String advice = ", for %s: does serving run?".formatted(config.patience());
        result.completeExceptionally(new ReplayException(problem + advice, cause));
      } else {
        Executor later =
            CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS, executor);
        pause = longer(pause);
        later.execute(this::attempt);
      }
    }
  }

  private static Duration longer(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
  }

  private HttpRequest http(ReplayRequest request) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(config.server().resolve(request.path()))
            .timeout(config.timeout())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(request.body()));
    request.authentication().headers(request.body()).forEach(builder::header);
    return builder.build();
  }
}
