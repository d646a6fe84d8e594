package dev.copyloop.serving.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/** Reads a body part by part, within its time. Confined to its event loop. */
final class BodyStream {
  private final long startNanos = System.nanoTime();
  private Promise<Void> done = Promise.promise();

  /** Null once the body has ended, as the others: whoever remembers it then remembers little. */
  private BodySink sink;

  private HttpServerRequest request;
  private ArrivingBytes.Part arriving;

  private BodyStream(HttpServerRequest request, BodySink sink, ArrivingBytes.Part arriving) {
    this.request = request;
    this.sink = sink;
    this.arriving = arriving;
  }

  /** Hands the body over to a sink. */
  static Future<Void> read(HttpServerRequest request, BodySink sink, OpenBodies open) {
    BodyStream body = new BodyStream(request, sink, open.part());
    Future<Void> done = body.done.future();
    open.add(body);
    request.handler(body::take);
    // What fails here is the client's: it went away, or its chunks are none.
    request.exceptionHandler(failure -> body.fail(ProblemException.invalid("The body broke off")));
    request.endHandler(end -> body.complete());
    return done;
  }

  private void take(Buffer part) {
    if (ended()) {
      return;
    }
    try {
      sink.accept(part.getBytes());
      arriving.hold(sink.held());
    } catch (RuntimeException e) {
      request.handler(null);
      fail(e);
    }
  }

  private void complete() {
    if (!ended()) {
      Promise<Void> completed = done;
      end();
      completed.complete();
    }
  }

  private void fail(Throwable cause) {
    if (!ended()) {
      Promise<Void> failed = done;
      end();
      failed.fail(cause);
    }
  }

  private void end() {
    arriving.release();
    arriving = null;
    done = null;
    sink = null;
    request = null;
  }

  /** Whether nothing of it is waited for any more. */
  boolean ended() {
    return sink == null;
  }

  /** Whether its time is over before it has ended. */
  boolean isOverdue(long now, Duration timeout) {
    return !ended() && now - startNanos >= timeout.toNanos();
  }

  /** Fails with 408. */
  void expire(Duration timeout) {
    fail(
        ProblemException.of(
            Problem.Kind.TIMEOUT, "The body did not arrive within " + timeout.toSeconds() + " s"));
  }
}
