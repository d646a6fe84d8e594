package dev.copyloop.serving.observe;

import dev.copyloop.serving.http.Endpoint;
import dev.copyloop.serving.http.Exchange;
import dev.copyloop.serving.http.Route;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** {@code GET /openapi.json}: the description of every route. */
public final class OpenApiEndpoint implements Endpoint {
  private static final String RESOURCE = "/dev/copyloop/serving/openapi.json";

  private final byte[] document;

  public OpenApiEndpoint() {
    try (InputStream in = OpenApiEndpoint.class.getResourceAsStream(RESOURCE)) {
      this.document = in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + RESOURCE, e);
    }
  }

  @Override
  public Route route() {
    return new Route(HttpMethod.GET, "/openapi.json");
  }

  @Override
  public void handle(Exchange exchange) {
    exchange.json(200, document);
  }
}
