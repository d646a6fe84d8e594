package dev.copyloop.serving.http;

import dev.copyloop.events.config.PercentEncoding;
import dev.copyloop.landing.LandingUnavailableException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request and its answer. Confined to the request's event loop. */
public final class Exchange {
  /** The content type of JSON answers. */
  public static final String JSON = "application/json";

  private static final CharSequence ENCODED_JSON = HttpHeaders.createOptimized(JSON);
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  private final HttpServerRequest request;
  private final Map<String, String> parameters;
  private final Context context;
  private final ServerTraits traits;

  Exchange(
      HttpServerRequest request,
      Map<String, String> parameters,
      Context context,
      ServerTraits traits) {
    this.request = request;
    this.parameters = parameters;
    this.context = context;
    this.traits = traits;
  }

  /** What every exchange of an event loop shares. */
  record ServerTraits(OpenBodies bodies, AnswerObserver observer, Draining draining) {}

  /** Is told of every answer. Thread-safe. */
  @FunctionalInterface
  public interface AnswerObserver {
    /** A route's answer left with that status, so many nanoseconds after its request came. */
    void answered(Route route, int status, long nanos);
  }

  /** The request. */
  public HttpServerRequest request() {
    return request;
  }

  /** A header's value that is not blank. */
  public Optional<String> header(String name) {
    String value = request.getHeader(name);
    return value == null || value.isBlank() ? Optional.empty() : Optional.of(value);
  }

  /**
   * A path parameter, decoded.
   *
   * @throws ProblemException if its percent-encoding is broken, or gives NUL
   */
  public String parameter(String name) {
    String raw = parameters.get(name);
    if (raw.indexOf('%') < 0) {
      return raw;
    }
    try {
      String decoded = PercentEncoding.decoded(raw);
      if (decoded.indexOf('\0') < 0) {
        return decoded;
      }
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid("The path's " + name + " is not valid percent-encoding");
    }
    throw ProblemException.invalid("The path's " + name + " has a character that no name has");
  }

  /**
   * The whole body, inflated if it is gzip; fails with 413 over the limit, 408 if it does not
   * arrive in time, 415 in another encoding.
   */
  public Future<byte[]> body(long limit) {
    return WholeBody.read(this, limit);
  }

  /** Hands the body's parts to a sink as they come; fails with 408 if they stop coming. */
  public Future<Void> stream(BodySink sink) {
    return BodyStream.read(request, sink, traits.bodies());
  }

  /** Goes on when a future of another thread completes, on this exchange's event loop. */
  public <T> void then(CompletableFuture<T> future, BiConsumer<T, Throwable> next) {
    // The dependent's failure is handled by guarded: nobody waits for it.
    var unused =
        future.whenComplete(
            (value, failure) ->
                context.runOnContext(ignored -> guarded(() -> next.accept(value, cause(failure)))));
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /** Adds a remark for the developer on the other side to the answer that follows. */
  public void warn(String remark) {
    request.response().putHeader("X-Copyloop-Warning", remark);
  }

  /** Answers JSON. */
  public void json(int status, byte[] body) {
    answer(status, ENCODED_JSON, Buffer.buffer(body));
  }

  /** Answers without a body. */
  public void noContent() {
    HttpServerResponse response = response(204);
    response.end();
  }

  /** Answers a body of some type. */
  public void answer(int status, CharSequence contentType, Buffer body) {
    HttpServerResponse response = response(status);
    response.putHeader(HttpHeaders.CONTENT_TYPE, contentType);
    end(response, body);
  }

  /** Ends an answer with its content; HEAD is told the content's length only. */
  private void end(HttpServerResponse response, Buffer body) {
    if (HttpMethod.HEAD.equals(request.method())) {
      response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
      response.end();
    } else {
      response.end(body);
    }
  }

  private HttpServerResponse response(int status) {
    HttpServerResponse response = request.response().setStatusCode(status);
    if (traits.draining().started()) {
      response.putHeader("Connection", "close");
    }
    return response;
  }

  /** Runs a step of the handling; what it throws is answered as a problem. */
  public void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  /** Answers a failure. The one place where failures get their status. */
  public void fail(Throwable failure) {
    if (request.response().ended() || request.response().closed()) {
      return;
    }
    Problem problem = problem(failure);
    HttpServerResponse response = response(problem.kind().status());
    problem.headers().forEach(response::putHeader);
    if (LingeringClose.isNeeded(request)) {
      LingeringClose.begin(request);
    }
    response.putHeader("Content-Type", Problem.CONTENT_TYPE);
    end(response, Buffer.buffer(problem.json(request.path())));
  }

  private Problem problem(Throwable failure) {
    if (failure instanceof ProblemException known) {
      return known.problem();
    }
    if (failure instanceof LandingUnavailableException unavailable) {
      long seconds = Math.max(1, unavailable.retryAfter().toSeconds());
      return new Problem(
          Problem.Kind.UNAVAILABLE,
          "Nothing was stored: "
              + unavailable.reason().description()
              + ". Send the same request again after Retry-After",
          Map.of("Retry-After", Long.toString(seconds)));
    }
    LOG.error("Cannot answer {} {}", request.method(), request.path(), failure);
    return Problem.of(Problem.Kind.INTERNAL, "Try again; if it stays, look into the server's log");
  }
}
