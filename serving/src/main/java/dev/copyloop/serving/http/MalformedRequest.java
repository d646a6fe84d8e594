package dev.copyloop.serving.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** Answers what is no HTTP, or has a line or headers over the limits, and ends the connection. */
final class MalformedRequest {
  private MalformedRequest() {}

  static void answer(HttpServerRequest request) {
    Problem problem = problem(request.decoderResult().cause());
    request
        .response()
        .setStatusCode(problem.kind().status())
        .putHeader("Content-Type", Problem.CONTENT_TYPE)
        .putHeader("Connection", "close")
        .end(Buffer.buffer(problem.json("/")))
        .onComplete(done -> request.connection().close());
  }

  /** By name: the parser's exceptions are not part of Vert.x's API. */
  private static Problem problem(Throwable cause) {
    String name = cause == null ? "" : cause.getClass().getSimpleName();
    return switch (name) {
      case "TooLongHttpLineException" ->
          Problem.of(Problem.Kind.URI_TOO_LONG, "Send a request line of at most 4096 bytes");
      case "TooLongHttpHeaderException" ->
          Problem.of(Problem.Kind.HEADERS_TOO_LARGE, "Send at most 8192 bytes of headers");
      default -> Problem.of(Problem.Kind.INVALID_REQUEST, "This is no valid HTTP/1.1 request");
    };
  }
}
