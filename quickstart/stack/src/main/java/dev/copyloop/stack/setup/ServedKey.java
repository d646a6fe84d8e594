package dev.copyloop.stack.setup;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Waits until serving knows a key that was just created. A change reaches it a moment later; a key
 * that it knows comes with everything that was changed before.
 */
final class ServedKey {
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Duration BETWEEN_CALLS = Duration.ofMillis(50);
  private static final int BAD_REQUEST = 400;

  private ServedKey() {}

  /**
   * Asks for a copy of no template, which nothing records, until the key is not what is wrong.
   *
   * @throws IOException if that takes too long
   */
  static void await(URI server, OrgAccess access) throws IOException, InterruptedException {
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve("/api/generate/" + access.org()))
            .timeout(LONGEST)
            .header("X-Api-Key", access.apiKey())
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() != BAD_REQUEST) {
      if (System.nanoTime() > deadline) {
        throw new IOException(
            "Cannot use the new key of %s after %s: see serving's log"
                .formatted(access.org(), LONGEST));
      }
      Thread.sleep(BETWEEN_CALLS.toMillis());
    }
  }
}
