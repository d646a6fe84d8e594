package dev.copyloop.serving.customevents;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.landing.Arrival;
import dev.copyloop.landing.Landing;
import dev.copyloop.serving.access.Authorization;
import dev.copyloop.serving.access.Scope;
import dev.copyloop.serving.http.Endpoint;
import dev.copyloop.serving.http.Exchange;
import dev.copyloop.serving.http.Problem;
import dev.copyloop.serving.http.ProblemException;
import dev.copyloop.serving.http.Route;
import dev.copyloop.serving.observe.ServingMetrics;
import dev.copyloop.serving.settings.CompiledOrg;
import dev.copyloop.serving.settings.CurrentSettings;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code POST /api/webhook/events/{org}}: the client's own events. Items that can't be taken are
 * named in the answer; the others are landed.
 */
public final class CustomEventsEndpoint implements Endpoint {
  private static final int MAX_ITEMS = 10_000;

  private final CurrentSettings settings;
  private final Authorization authorization;
  private final Landing landing;
  private final long bodyLimit;
  private final ServingMetrics metrics;
  private final EventItemReader reader = new EventItemReader(Clock.systemUTC());

  public CustomEventsEndpoint(
      CurrentSettings settings,
      Authorization authorization,
      Landing landing,
      long bodyLimit,
      ServingMetrics metrics) {
    this.settings = settings;
    this.authorization = authorization;
    this.landing = landing;
    this.bodyLimit = bodyLimit;
    this.metrics = metrics;
  }

  @Override
  public Route route() {
    return new Route(HttpMethod.POST, "/api/webhook/events/{org}");
  }

  @Override
  public void handle(Exchange exchange) {
    CompiledOrg org = settings.org(exchange.parameter("org"));
    authorization.require(exchange, org.keys(), Scope.EVENTS);
    exchange
        .body(bodyLimit)
        .onFailure(exchange::fail)
        .onSuccess(body -> exchange.guarded(() -> take(exchange, org, body)));
  }

  private void take(Exchange exchange, CompiledOrg org, byte[] body) {
    EventItems items = EventItems.of(body);
    if (items.items().size() > MAX_ITEMS) {
      throw ProblemException.of(
          Problem.Kind.TOO_LARGE, "Send at most " + MAX_ITEMS + " events in one body");
    }
    List<ItemResult> results = new ArrayList<>();
    items.items().forEach(item -> results.add(reader.read(org.slug(), item)));
    items.broken().ifPresent(detail -> results.add(ItemResult.refused(detail)));
    List<Arrival> arrivals =
        results.stream().map(ItemResult::arrival).flatMap(Optional::stream).toList();
    int refused = results.size() - arrivals.size();
    if (arrivals.isEmpty()) {
      metrics.customEvents(0, refused);
      throw ProblemException.invalid(nothingTaken(results));
    }
    exchange.then(
        landing.land(arrivals),
        (landed, failure) -> {
          if (failure != null) {
            exchange.fail(failure);
          } else {
            metrics.customEvents(arrivals.size(), refused);
            exchange.json(200, answer(results, arrivals.size(), refused));
          }
        });
  }

  private static String nothingTaken(List<ItemResult> results) {
    return results.isEmpty()
        ? "The body holds no event: send one JSON object, an array, or one object per line"
        : "None of "
            + results.size()
            + " events was taken; the first: "
            + results.get(0).detail().orElse("");
  }

  private static byte[] answer(List<ItemResult> results, int accepted, int refused) {
    ObjectNode answer = Json.mapper().createObjectNode();
    answer.put("accepted", accepted);
    answer.put("rejected", refused);
    ArrayNode items = answer.putArray("items");
    for (int i = 0; i < results.size(); i++) {
      ObjectNode item = items.addObject().put("index", i);
      ItemResult result = results.get(i);
      result.arrival().ifPresent(arrival -> item.put("event_id", arrival.eventId()));
      item.put("status", result.arrival().isPresent() ? "accepted" : "rejected");
      result.detail().ifPresent(detail -> item.put("detail", detail));
    }
    return answer.toString().getBytes(StandardCharsets.UTF_8);
  }
}
