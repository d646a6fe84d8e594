package dev.copyloop.stack.supervise;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.IntPredicate;

/** Asks an HTTP server whether it answers. Thread-safe. */
final class HttpProbe {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();

  private final HttpRequest request;
  private final IntPredicate expected;

  HttpProbe(URI uri, IntPredicate expected) {
    this.request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).build();
    this.expected = expected;
  }

  boolean answers() {
    try {
      return expected.test(HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
