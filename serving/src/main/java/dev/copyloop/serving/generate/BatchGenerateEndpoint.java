package dev.copyloop.serving.generate;

import dev.copyloop.landing.Arrival;
import dev.copyloop.landing.Landing;
import dev.copyloop.serving.http.Endpoint;
import dev.copyloop.serving.http.Exchange;
import dev.copyloop.serving.http.Problem;
import dev.copyloop.serving.http.ProblemException;
import dev.copyloop.serving.http.Route;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * {@code POST /api/batch-generate/{org}}: 1 to 20 calls of generate in one. Each is decided and
 * recorded by itself, and one that can't be answered does not stop the others; the one answer
 * leaves when all records are durable.
 */
public final class BatchGenerateEndpoint implements Endpoint {
  private final Generate generate;
  private final Landing landing;
  private final long bodyLimit;

  public BatchGenerateEndpoint(Generate generate, Landing landing, long bodyLimit) {
    this.generate = generate;
    this.landing = landing;
    this.bodyLimit = bodyLimit;
  }

  @Override
  public Route route() {
    return new Route(HttpMethod.POST, "/api/batch-generate/{org}");
  }

  @Override
  public void handle(Exchange exchange) {
    Caller caller = generate.admit(exchange);
    exchange
        .body(bodyLimit)
        .onFailure(exchange::fail)
        .onSuccess(body -> exchange.guarded(() -> answer(exchange, caller, body)));
  }

  /** One request's outcome: exactly one of the two is there. */
  record Outcome(Optional<Prepared> prepared, Optional<Problem> problem) {}

  private void answer(Exchange exchange, Caller caller, byte[] body) {
    List<GenerateRequest> requests = BatchRequest.parse(body);
    generate.charge(caller, requests.size() - 1);
    List<Outcome> outcomes = new ArrayList<>();
    for (GenerateRequest request : requests) {
      outcomes.add(outcome(caller.at(outcomes.size()), request));
    }
    exchange.then(
        land(outcomes),
        (landed, failure) -> {
          if (failure != null) {
            exchange.fail(failure);
          } else {
            outcomes.forEach(outcome -> outcome.prepared().ifPresent(generate::answered));
            exchange.json(200, BatchJson.write(outcomes, exchange.request().path()));
          }
        });
  }

  private Outcome outcome(Caller caller, GenerateRequest request) {
    try {
      return new Outcome(Optional.of(generate.prepare(caller, request)), Optional.empty());
    } catch (ProblemException e) {
      return new Outcome(Optional.empty(), Optional.of(e.problem()));
    }
  }

  private CompletableFuture<Void> land(List<Outcome> outcomes) {
    List<Arrival> arrivals =
        outcomes.stream()
            .flatMap(outcome -> outcome.prepared().stream())
            .map(Prepared::arrival)
            .toList();
    return arrivals.isEmpty() ? CompletableFuture.completedFuture(null) : landing.land(arrivals);
  }
}
