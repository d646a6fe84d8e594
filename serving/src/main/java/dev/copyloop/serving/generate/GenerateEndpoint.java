package dev.copyloop.serving.generate;

import dev.copyloop.serving.http.Endpoint;
import dev.copyloop.serving.http.Exchange;
import dev.copyloop.serving.http.Route;
import io.vertx.core.http.HttpMethod;

/** {@code POST /api/generate/{org}}: the call as a JSON body. */
public final class GenerateEndpoint implements Endpoint {
  private final Generate generate;
  private final long bodyLimit;

  public GenerateEndpoint(Generate generate, long bodyLimit) {
    this.generate = generate;
    this.bodyLimit = bodyLimit;
  }

  @Override
  public Route route() {
    return new Route(HttpMethod.POST, "/api/generate/{org}");
  }

  @Override
  public void handle(Exchange exchange) {
    Caller caller = generate.admit(exchange);
    exchange
        .body(bodyLimit)
        .onFailure(exchange::fail)
        .onSuccess(
            body ->
                exchange.guarded(
                    () -> generate.answer(exchange, caller, GenerateRequestParser.parse(body))));
  }
}
