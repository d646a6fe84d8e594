package dev.copyloop.benchmarks.contender;

import io.vertx.core.http.HttpServerRequest;

/** Bare Vert.x: answers a request with its own body. What HTTP itself costs. */
public final class EchoServer extends BareServer {
  private EchoServer() {}

  /** Starts. */
  public static void main(String[] args) {
    run(EchoServer::new);
  }

  @Override
  void handle(HttpServerRequest request) {
    request.bodyHandler(
        body -> request.response().putHeader("Content-Type", "application/json").end(body));
  }
}
