package dev.copyloop.serving.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;

/**
 * Ends a connection whose request is answered before its body was read: what still comes is read
 * and thrown away until the body ends, for a while, before the connection is closed. Closing at
 * once would reset it under a client that is still sending, and the answer would be lost (RFC 9112,
 * section 9.6).
 */
final class LingeringClose {
  /** As long as Apache waits; who is still sending then does not listen. */
  private static final int SECONDS = 2;

  /** Far above every limit of a body that is refused by its length. */
  private static final long MOST_BYTES = 64L * 1024 * 1024;

  private LingeringClose() {}

  /** Whether some of the request's body is still to come. */
  static boolean isNeeded(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    boolean hasBody =
        request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null
            || (length != null && !"0".equals(length));
    return hasBody && !request.isEnded();
  }

  /** To be called before the answer is written: it is the last of its connection. */
  static void begin(HttpServerRequest request) {
    request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    Discard discard = new Discard(request);
    request.handler(discard::part);
    request.exceptionHandler(failure -> {});
    // Takes no other request, and closes when this one and its answer have ended.
    request.connection().shutdown(SECONDS, TimeUnit.SECONDS);
  }

  private static final class Discard {
    private final HttpServerRequest request;
    private long bytes;

    Discard(HttpServerRequest request) {
      this.request = request;
    }

    void part(Buffer part) {
      bytes += part.length();
      if (bytes > MOST_BYTES) {
        request.connection().close();
      }
    }
  }
}
