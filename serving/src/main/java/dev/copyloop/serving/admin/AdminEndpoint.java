package dev.copyloop.serving.admin;

import dev.copyloop.serving.http.Endpoint;
import dev.copyloop.serving.http.Exchange;
import dev.copyloop.serving.http.Route;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;

/** One route of the admin API: checks who calls, reads the body, answers. */
final class AdminEndpoint implements Endpoint {
  private static final long BODY_LIMIT = 4L * 1024 * 1024;

  private final AdminAccess access;
  private final Route route;
  private final AdminHandler handler;

  AdminEndpoint(AdminAccess access, Route route, AdminHandler handler) {
    this.access = access;
    this.route = route;
    this.handler = handler;
  }

  @Override
  public Route route() {
    return route;
  }

  @Override
  public void handle(Exchange exchange) {
    String actor = actor(exchange);
    body(exchange)
        .compose(body -> handler.handle(new AdminCall(exchange, body, actor)))
        .onSuccess(reply -> reply.send(exchange))
        .onFailure(failure -> exchange.fail(DatabaseFailures.asProblem(failure)));
  }

  private String actor(Exchange exchange) {
    return route.path().contains("{org}")
        ? access.require(exchange, exchange.parameter("org"))
        : access.require(exchange);
  }

  private Future<AdminBody> body(Exchange exchange) {
    boolean hasBody =
        HttpMethod.POST.equals(route.method()) || HttpMethod.PUT.equals(route.method());
    return hasBody
        ? exchange.body(BODY_LIMIT).map(AdminBody::parse)
        : Future.succeededFuture(AdminBody.NONE);
  }
}
