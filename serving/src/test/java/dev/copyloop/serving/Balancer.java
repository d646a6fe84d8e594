package dev.copyloop.serving;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;

/**
 * Sends to targets in turn, as long as their {@code /ready} answers 200; to any if none does. Each
 * target is probed by itself: one that is slow to answer holds up no other's probe.
 */
final class Balancer implements AutoCloseable {
  /** The longest time from a target's first refusal to the last request sent to it. */
  static final Duration LONGEST_PROBE = Duration.ofSeconds(3);

  private static final long PROBE_MILLIS = 200;

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<URI> targets = new CopyOnWriteArrayList<>();
  private final List<URI> ready = new CopyOnWriteArrayList<>();
  private final AtomicLong requests = new AtomicLong();
  private final ScheduledExecutorService prober = Executors.newScheduledThreadPool(2);

  void add(URI target) {
    targets.add(target);
    var unused =
        prober.scheduleWithFixedDelay(() -> probe(target), 0, PROBE_MILLIS, TimeUnit.MILLISECONDS);
  }

  void remove(URI target) {
    targets.remove(target);
    ready.remove(target);
  }

  /** Where the next request goes. */
  URI next() {
    long number = requests.getAndIncrement();
    List<URI> healthy = List.copyOf(ready);
    List<URI> now = healthy.isEmpty() ? targets : healthy;
    return now.get((int) (number % now.size()));
  }

  void awaitReady(URI target) {
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> ready.contains(target));
  }

  /** Waits until so many more requests were sent. */
  void awaitRequests(long count) {
    long goal = requests.get() + count;
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> requests.get() >= goal);
  }

  private void probe(URI target) {
    boolean takes = targets.contains(target) && isReady(target);
    if (!takes) {
      ready.remove(target);
    } else if (!ready.contains(target)) {
      ready.add(target);
    }
  }

  private boolean isReady(URI target) {
    HttpRequest probe =
        HttpRequest.newBuilder(target.resolve("/ready")).timeout(LONGEST_PROBE).build();
    try {
      return client.send(probe, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    prober.shutdownNow();
  }
}
