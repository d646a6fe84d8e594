package dev.copyloop.serving.admin;

import dev.copyloop.serving.access.AdminToken;
import dev.copyloop.serving.http.Endpoint;
import dev.copyloop.serving.http.Exchange;
import dev.copyloop.serving.http.Route;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;

/** One route of the admin API: checks the token, reads the body, answers. */
final class AdminEndpoint implements Endpoint {
  private static final long BODY_LIMIT = 4L * 1024 * 1024;

  private final AdminToken token;
  private final Route route;
  private final AdminHandler handler;

  AdminEndpoint(AdminToken token, Route route, AdminHandler handler) {
    this.token = token;
    this.route = route;
    this.handler = handler;
  }

  @Override
  public Route route() {
    return route;
  }

  @Override
  public void handle(Exchange exchange) {
    token.require(exchange);
    body(exchange)
        .compose(body -> handler.handle(new AdminCall(exchange, body)))
        .onSuccess(reply -> reply.send(exchange))
        .onFailure(failure -> exchange.fail(DatabaseFailures.asProblem(failure)));
  }

  private Future<AdminBody> body(Exchange exchange) {
    boolean hasBody =
        HttpMethod.POST.equals(route.method()) || HttpMethod.PUT.equals(route.method());
    return hasBody
        ? exchange.body(BODY_LIMIT).map(AdminBody::parse)
        : Future.succeededFuture(AdminBody.NONE);
  }
}
