package dev.copyloop.serving.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The listening socket with one verticle per event loop, and its orderly end. */
public final class HttpFront {
  /** Vert.x gives the verticles that listen on the same negative port one random port. */
  private static final int SHARED_RANDOM_PORT = -1;

  private static final int START_SECONDS = 30;

  private final Vertx vertx;
  private final Config config;
  private final Exchange.AnswerObserver observer;
  private final Draining draining = new Draining();
  private final List<HttpVerticle> verticles = new ArrayList<>();

  public HttpFront(Vertx vertx, Config config, Exchange.AnswerObserver observer) {
    this.vertx = vertx;
    this.config = config;
    this.observer = observer;
  }

  /**
   * Where and how it listens.
   *
   * @param port 0 for any free one
   * @param drainDelay how long it still listens after {@code /ready} fails
   * @param drainTimeout how long requests in flight may then take
   */
  public record Config(
      String host,
      int port,
      ArrivalLimits arrival,
      Duration idleTimeout,
      Duration drainDelay,
      Duration drainTimeout) {}

  /** Whether it is on its way out. */
  public Draining draining() {
    return draining;
  }

  /**
   * Listens, one verticle per core.
   *
   * @throws IOException if the address can't be bound
   */
  public void listen(Routes routes) throws IOException {
    List<Future<String>> deployments = new ArrayList<>();
    ArrivingBytes arriving = new ArrivingBytes(config.arrival().held().bytes());
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      HttpVerticle verticle =
          new HttpVerticle(options(), routes, config.arrival(), arriving, observer, draining);
      verticles.add(verticle);
      deployments.add(vertx.deployVerticle(verticle));
    }
    await(Future.all(deployments));
  }

  private void await(Future<?> listening) throws IOException {
    try {
      listening.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IOException(
          "Cannot listen on %s:%d: %s"
              .formatted(config.host(), config.port(), e.getCause().getMessage()),
          e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("Cannot listen within " + START_SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while starting to listen", e);
    }
  }

  private HttpServerOptions options() {
    HttpServerOptions options = new HttpServerOptions();
    options.setHost(config.host());
    options.setPort(config.port() == 0 ? SHARED_RANDOM_PORT : config.port());
    options.setHttp2ClearTextEnabled(false);
    options.setTcpKeepAlive(true);
    options.setIdleTimeout((int) config.idleTimeout().toMillis());
    options.setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    options.setHandle100ContinueAutomatically(true);
    options.setAcceptBacklog(1024);
    // Nobody speaks WebSocket here, and its extensions look at every request and answer.
    options.setPerMessageWebSocketCompressionSupported(false);
    options.setPerFrameWebSocketCompressionSupported(false);
    return options;
  }

  /** The port it listens on. */
  public int port() {
    return verticles.get(0).port();
  }

  /**
   * Fails {@code /ready}, listens on for the delay, since a refused connection costs an hour of
   * Customer.io's events, then finishes what is in flight. Blocks.
   */
  public void drain() {
    draining.start();
    try {
      TimeUnit.MILLISECONDS.sleep(config.drainDelay().toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    List<Future<Void>> ends = new ArrayList<>();
    for (HttpVerticle verticle : verticles) {
      ends.add(verticle.server().shutdown(config.drainTimeout().toMillis(), TimeUnit.MILLISECONDS));
    }
    Future.join(ends).otherwiseEmpty().await();
  }
}
