package dev.copyloop.serving.generate;

import dev.copyloop.serving.http.Endpoint;
import dev.copyloop.serving.http.Exchange;
import dev.copyloop.serving.http.Route;
import io.vertx.core.http.HttpMethod;
import java.util.Objects;

/**
 * {@code GET /api/generate/{org}?template_id=…&attrs.plan=…}: the call as a query, for callers that
 * can't POST. Each call is a generation.
 */
public final class GenerateQueryEndpoint implements Endpoint {
  private final Generate generate;

  public GenerateQueryEndpoint(Generate generate) {
    this.generate = generate;
  }

  @Override
  public Route route() {
    return new Route(HttpMethod.GET, "/api/generate/{org}");
  }

  @Override
  public boolean isSafe() {
    return false;
  }

  @Override
  public void handle(Exchange exchange) {
    Caller caller = generate.admit(exchange);
    String query = Objects.requireNonNullElse(exchange.request().query(), "");
    generate.answer(exchange, caller, QueryForm.parse(query));
  }
}
