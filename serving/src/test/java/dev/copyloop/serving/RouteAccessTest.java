package dev.copyloop.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.serving.access.Scope;
import dev.copyloop.serving.http.Endpoint;
import dev.copyloop.serving.http.Route;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every mounted route against every kind of credentials, of its own org and of another one. */
class RouteAccessTest {
  /** What each route wants; a route that nobody listed here fails the test. */
  private static Optional<Scope> needed(Route route) {
    String path = route.path();
    if (path.startsWith("/api/admin/")) {
      return Optional.of(Scope.ADMIN);
    }
    if (path.startsWith("/api/generate/") || path.startsWith("/api/batch-generate/")) {
      return Optional.of(Scope.GENERATE);
    }
    if (path.startsWith("/api/webhook/events/")) {
      return Optional.of(Scope.EVENTS);
    }
    List<String> open =
        List.of(
            "/api/webhook/cio/{org}",
            "/health",
            "/ready",
            "/metrics",
            "/openapi.json",
            "/docs",
            "/docs/viewer.js");
    assertThat(open).as("a route without credentials").contains(path);
    return Optional.empty();
  }

  private static Map<Scope, String> keys(TestServer server, String org) {
    TestOrg.create(server, org);
    Map<Scope, String> keys = new TreeMap<>();
    for (Scope scope : Scope.values()) {
      String body = "{\"name\":\"%s\",\"scopes\":[\"%s\"]}".formatted(scope.label(), scope.label());
      keys.put(scope, server.admitted("POST", "/orgs/" + org + "/keys", body).path("key").asText());
    }
    return keys;
  }

  private static int status(TestServer server, Route route, String... headers) {
    return send(server, route, headers).statusCode();
  }

  private static HttpResponse<String> send(TestServer server, Route route, String... headers) {
    String path = route.path().replace("{org}", "own").replaceAll("\\{.*?}", "absent");
    return server.send(route.method().name(), path, new byte[0], headers);
  }

  @Test
  void noRouteIsOpenToACredentialThatIsNotMeantForIt() throws IOException {
    try (TestServer server = TestServer.start()) {
      Map<Scope, String> own = keys(server, "own");
      Map<Scope, String> foreign = keys(server, "foreign");
      server.settle();
      List<Route> routes = new ArrayList<>();
      server.server().endpoints().forEach(endpoint -> routes.add(endpoint.route()));
      assertThat(routes).hasSizeGreaterThan(30);
      for (Route route : routes) {
        Optional<Scope> needed = needed(route);
        if (needed.isPresent()) {
          refusesStrangers(server, route, foreign);
          own.forEach((scope, key) -> checkOwn(server, route, needed.get(), scope, key));
        }
      }
    }
  }

  @Test
  void headIsAnsweredAsGetWithoutItsContentWhereverAskingChangesNothing() throws IOException {
    try (TestServer server = TestServer.start()) {
      Map<Scope, String> own = keys(server, "own");
      server.settle();
      List<Route> gets =
          server.server().endpoints().stream()
              .map(Endpoint::route)
              .filter(route -> HttpMethod.GET.equals(route.method()))
              .toList();
      assertThat(gets).hasSizeGreaterThan(15);
      for (Route get : gets) {
        Scope scope = needed(get).orElse(Scope.ADMIN);
        HttpResponse<String> answer = send(server, get, "X-Api-Key", own.get(scope));
        HttpResponse<String> head =
            send(server, new Route(HttpMethod.HEAD, get.path()), "X-Api-Key", own.get(scope));
        assertThat(head.body()).isEmpty();
        if (get.path().startsWith("/api/generate/")) {
          assertThat(head.statusCode()).as(get.path()).isEqualTo(405);
          assertThat(head.headers().firstValue("Allow")).hasValue("GET, POST");
        } else {
          assertThat(head.statusCode()).as(get.path()).isEqualTo(answer.statusCode());
          assertThat(head.headers().firstValue("Content-Type"))
              .isEqualTo(answer.headers().firstValue("Content-Type"));
          assertThat(head.headers().firstValue("Content-Length")).as(get.path()).isPresent();
        }
      }
    }
  }

  private static void refusesStrangers(TestServer server, Route route, Map<Scope, String> foreign) {
    assertThat(status(server, route)).as("%s without a key", route).isEqualTo(401);
    for (String[] headers :
        new String[][] {
          {"X-Api-Key", TestPlace.ADMIN_TOKEN},
          {"Authorization", "Bearer " + TestPlace.ADMIN_TOKEN + "x"},
          {"Authorization", "Basic " + TestPlace.ADMIN_TOKEN},
          {"X-Api-Key", "ck_000000000000_00000000000000000000000000000000_00000000"},
        }) {
      assertThat(status(server, route, headers)).as("%s %s", route, headers[0]).isEqualTo(401);
    }
    assertThat(status(server, route, "Authorization", "Bearer " + foreign.get(Scope.ADMIN)))
        .as("%s with the bearer of another org", route)
        .isEqualTo(401);
    foreign.forEach(
        (scope, key) -> {
          assertThat(status(server, route, "X-Api-Key", key))
              .as("%s with the key of another org for %s", route, scope)
              .isEqualTo(401);
        });
  }

  private static void checkOwn(
      TestServer server, Route route, Scope needed, Scope scope, String key) {
    boolean ofAllOrgs = !route.path().contains("{org}");
    int status = status(server, route, "X-Api-Key", key);
    String what = "%s with %s".formatted(route, scope.label().toUpperCase(Locale.ROOT));
    if (ofAllOrgs) {
      assertThat(status).as(what).isEqualTo(401);
    } else if (scope == needed) {
      // A GET and an empty body get as far as what they ask for; a DELETE finds nothing.
      assertThat(status).as(what).isNotIn(401, 403, 429, 500);
    } else {
      assertThat(status).as(what).isEqualTo(403);
    }
  }
}
