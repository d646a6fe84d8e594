package dev.copyloop.serving.http;

import io.vertx.core.Future;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** Reads a body whole, up to a limit that holds for it as sent and as inflated. */
final class WholeBody implements BodySink {
  private static final byte[] EMPTY = {};

  private final long limit;
  private byte[] only = EMPTY;
  private ByteArrayOutputStream parts;

  private WholeBody(long limit) {
    this.limit = limit;
  }

  static Future<byte[]> read(Exchange exchange, long limit) {
    if (declaredLength(exchange) > limit) {
      return Future.failedFuture(tooLarge(limit));
    }
    Optional<String> encoding = exchange.header("Content-Encoding");
    boolean isGzip = encoding.filter("gzip"::equalsIgnoreCase).isPresent();
    if (!isGzip && encoding.filter(other -> !"identity".equalsIgnoreCase(other)).isPresent()) {
      return Future.failedFuture(
          ProblemException.of(
              Problem.Kind.UNSUPPORTED_MEDIA_TYPE, "Send the body plain or as gzip"));
    }
    WholeBody body = new WholeBody(limit);
    return exchange.stream(body)
        .map(end -> isGzip ? Gzip.inflate(body.bytes(), limit) : body.bytes());
  }

  private static long declaredLength(Exchange exchange) {
    String length = exchange.request().getHeader("Content-Length");
    try {
      return length == null ? 0 : Long.parseLong(length.strip());
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  @Override
  public void accept(byte[] part) {
    long length = part.length + held();
    if (length > limit) {
      throw tooLarge(limit);
    }
    if (parts == null && only.length == 0) {
      only = part;
      return;
    }
    if (parts == null) {
      parts = new ByteArrayOutputStream(2 * (int) length);
      parts.writeBytes(only);
    }
    parts.writeBytes(part);
  }

  @Override
  public long held() {
    return parts == null ? only.length : parts.size();
  }

  private byte[] bytes() {
    return parts == null ? only : parts.toByteArray();
  }

  private static ProblemException tooLarge(long limit) {
    return ProblemException.of(
        Problem.Kind.TOO_LARGE, "Send at most " + limit + " bytes in one body");
  }
}
