package dev.copyloop.serving.http;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;

/** One event loop's share of the server. */
final class HttpVerticle extends VerticleBase {
  private final HttpServerOptions options;
  private final Routes routes;
  private final Exchange.AnswerObserver observer;
  private final ArrivalLimits limits;
  private final ArrivingBytes arriving;
  private final Draining draining;
  private Exchange.ServerTraits traits;
  private HttpServer server;

  HttpVerticle(
      HttpServerOptions options,
      Routes routes,
      ArrivalLimits limits,
      ArrivingBytes arriving,
      Exchange.AnswerObserver observer,
      Draining draining) {
    this.options = options;
    this.routes = routes;
    this.limits = limits;
    this.arriving = arriving;
    this.observer = observer;
    this.draining = draining;
  }

  @Override
  public Future<?> start() {
    OpenBodies bodies = new OpenBodies(limits.body(), arriving);
    traits = new Exchange.ServerTraits(bodies, observer, draining);
    vertx.setPeriodic(bodies.lookMillis(), id -> bodies.expire());
    server =
        vertx
            .createHttpServer(options)
            .connectionHandler(connection -> SlowHeads.watch(connection, limits.head()))
            .requestHandler(this::handle)
            .invalidRequestHandler(MalformedRequest::answer);
    return server.listen();
  }

  int port() {
    return server.actualPort();
  }

  HttpServer server() {
    return server;
  }

  private void handle(HttpServerRequest request) {
    long start = System.nanoTime();
    Routes.Match match;
    try {
      requireKnownFraming(request);
      match = routes.match(request.method(), request.path());
    } catch (ProblemException e) {
      new Exchange(request, Map.of(), context, traits).fail(e);
      return;
    }
    Endpoint endpoint = match.endpoint();
    request
        .response()
        .endHandler(
            end ->
                observer.answered(
                    endpoint.route(),
                    request.response().getStatusCode(),
                    System.nanoTime() - start));
    Exchange exchange = new Exchange(request, match.parameters(), context, traits);
    exchange.guarded(() -> endpoint.handle(exchange));
  }

  /** What is in front may understand another coding, and so see another end of the body. */
  private static void requireKnownFraming(HttpServerRequest request) {
    String coding = request.getHeader(HttpHeaders.TRANSFER_ENCODING);
    if (coding != null && !"chunked".equalsIgnoreCase(coding)) {
      throw ProblemException.invalid("Transfer-Encoding may be chunked only");
    }
  }
}
