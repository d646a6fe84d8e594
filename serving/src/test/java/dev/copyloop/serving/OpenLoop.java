package dev.copyloop.serving;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;

/**
 * Sends requests at a fixed rate, whatever becomes of them, and counts their answers. With a limit
 * of those in flight it falls behind where a client of limited connections would.
 */
final class OpenLoop {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<Integer, LongAdder> statuses = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();
  private final List<CompletableFuture<?>> answers = new ArrayList<>();
  private final LongFunction<HttpRequest> requests;
  private final Semaphore room;
  private long sent;

  /** Sends the request that is made of its number, from 0; never more than so many at a time. */
  OpenLoop(LongFunction<HttpRequest> requests, int mostInFlight) {
    this.requests = requests;
    this.room = new Semaphore(mostInFlight);
  }

  /** Sends one and the same. */
  OpenLoop(URI uri, String body, String... headers) {
    this(number -> request(uri, body, headers), Integer.MAX_VALUE);
  }

  private static HttpRequest request(URI uri, String body, String... headers) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(20))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      builder.headers(headers);
    }
    return builder.build();
  }

  /** Sends for so long, then waits for all answers. */
  static void run(Map<OpenLoop, Integer> perSecond, Duration time) {
    long end = System.nanoTime() + time.toNanos();
    runWhile(perSecond, () -> System.nanoTime() < end);
  }

  /** Sends for as long as a condition holds, then waits for all answers. */
  static void runWhile(Map<OpenLoop, Integer> perSecond, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (condition.getAsBoolean()) {
      long now = System.nanoTime() - start;
      for (Map.Entry<OpenLoop, Integer> loop : perSecond.entrySet()) {
        loop.getKey().catchUp(now * loop.getValue() / 1_000_000_000L);
      }
      LockSupport.parkNanos(1_000_000);
    }
    perSecond.keySet().forEach(OpenLoop::awaitAnswers);
  }

  private void catchUp(long due) {
    for (; sent < due && room.tryAcquire(); sent++) {
      answers.add(
          client
              .sendAsync(requests.apply(sent), HttpResponse.BodyHandlers.discarding())
              .handle(
                  (response, failure) -> {
                    if (failure != null) {
                      count(failures, failure.toString());
                    }
                    count(statuses, failure == null ? response.statusCode() : -1);
                    room.release();
                    return null;
                  }));
    }
  }

  private void awaitAnswers() {
    CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new)).join();
  }

  private static <K> void count(Map<K, LongAdder> counts, K kind) {
    counts.computeIfAbsent(kind, any -> new LongAdder()).increment();
  }

  /** How many were sent. */
  long sent() {
    return sent;
  }

  /** How many were answered with that status; -1: with none. */
  long answered(int status) {
    return statuses.getOrDefault(status, new LongAdder()).sum();
  }

  /** Which share was answered 503. */
  double refusedShare() {
    return (double) answered(503) / sent;
  }

  @Override
  public String toString() {
    return "sent " + sent + ", answered " + statuses + ", not answered " + failures;
  }
}
