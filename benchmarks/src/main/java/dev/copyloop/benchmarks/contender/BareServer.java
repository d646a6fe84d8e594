package dev.copyloop.benchmarks.contender;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** One event loop's share of a Vert.x server without anything around it. */
abstract class BareServer extends VerticleBase {
  /** Vert.x gives the verticles that listen on the same negative port one random port. */
  private static final int SHARED_RANDOM_PORT = -1;

  private HttpServer server;

  /** Runs one per core and says where they listen; ends the process if they can't. */
  static void run(Supplier<BareServer> share) {
    int cores = Runtime.getRuntime().availableProcessors();
    Vertx vertx =
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(cores).setPreferNativeTransport(true));
    List<BareServer> shares = Stream.generate(share).limit(cores).toList();
    Future.all(shares.stream().map(vertx::deployVerticle).toList())
        .onSuccess(
            deployed ->
                System.out.println(
                    ServerProcess.LISTENS + "127.0.0.1:" + shares.get(0).server.actualPort()))
        .onFailure(
            failure -> {
              System.err.println("Cannot start: " + failure);
              System.exit(1);
            });
  }

  @Override
  public Future<?> start() {
    HttpServerOptions options =
        new HttpServerOptions().setHost("127.0.0.1").setPort(SHARED_RANDOM_PORT);
    server = vertx.createHttpServer(options).requestHandler(this::handle);
    return prepare().compose(done -> server.listen());
  }

  /** What must be there before it listens. */
  Future<?> prepare() {
    return Future.succeededFuture();
  }

  /** Answers a request, now or later. */
  abstract void handle(HttpServerRequest request);
}
