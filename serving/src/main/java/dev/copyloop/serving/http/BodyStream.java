package dev.copyloop.serving.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerRequest;

/** Reads a body part by part, within its time. */
final class BodyStream {
  private BodyStream() {}

  static Future<Void> read(Exchange exchange, BodySink sink) {
    HttpServerRequest request = exchange.request();
    Promise<Void> done = Promise.promise();
    long timer =
        exchange
            .vertx()
            .setTimer(
                exchange.limits().body().toMillis(),
                id ->
                    done.tryFail(
                        ProblemException.of(
                            Problem.Kind.TIMEOUT,
                            "The body did not arrive within "
                                + exchange.limits().body().toSeconds()
                                + " s")));
    request.handler(
        part -> {
          try {
            sink.accept(part.getBytes());
          } catch (RuntimeException e) {
            request.handler(null);
            done.tryFail(e);
          }
        });
    // What fails here is the client's: it went away, or its chunks are none.
    request.exceptionHandler(
        failure -> done.tryFail(ProblemException.invalid("The body broke off")));
    request.endHandler(end -> done.tryComplete());
    return done.future().onComplete(ended -> exchange.vertx().cancelTimer(timer));
  }
}
