package dev.copyloop.serving.observe;

import dev.copyloop.serving.http.Endpoint;
import dev.copyloop.serving.http.Exchange;
import dev.copyloop.serving.http.Route;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;

/** {@code GET /health}: the process answers; nothing else is promised. */
public final class HealthEndpoint implements Endpoint {
  private static final byte[] UP = "{\"status\":\"up\"}".getBytes(StandardCharsets.US_ASCII);

  @Override
  public Route route() {
    return new Route(HttpMethod.GET, "/health");
  }

  @Override
  public void handle(Exchange exchange) {
    exchange.json(200, UP);
  }
}
