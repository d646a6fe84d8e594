package dev.copyloop.serving.webhook;

import dev.copyloop.events.landing.Source;
import dev.copyloop.events.landing.Verification;
import dev.copyloop.landing.Arrival;
import dev.copyloop.landing.Landing;
import dev.copyloop.serving.activity.WebhookActivity;
import dev.copyloop.serving.http.Endpoint;
import dev.copyloop.serving.http.Exchange;
import dev.copyloop.serving.http.ProblemException;
import dev.copyloop.serving.http.Route;
import dev.copyloop.serving.observe.ServingMetrics;
import dev.copyloop.serving.settings.CompiledOrg;
import dev.copyloop.serving.settings.CurrentSettings;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code POST /api/webhook/cio/{org}}: one event of Customer.io.
 *
 * <p>Whatever it holds is landed and answered 200: one bad answer stalls the sender's whole stream
 * for an hour.
 */
public final class CustomerIoWebhook implements Endpoint {
  private static final String TIMESTAMP = "x-cio-timestamp";
  private static final String SIGNATURE = "x-cio-signature";
  private static final byte[] ACCEPTED = "{\"accepted\":true}".getBytes(StandardCharsets.US_ASCII);

  private final CurrentSettings settings;
  private final Landing landing;
  private final WebhookLimits limits;
  private final UnverifiedBudget budget;
  private final ServingMetrics metrics;
  private final WebhookActivity activity;

  public CustomerIoWebhook(
      CurrentSettings settings,
      Landing landing,
      WebhookLimits limits,
      ServingMetrics metrics,
      WebhookActivity activity) {
    this.settings = settings;
    this.landing = landing;
    this.limits = limits;
    this.budget = new UnverifiedBudget(limits.unverifiedPerSecond(), System::nanoTime);
    this.metrics = metrics;
    this.activity = activity;
  }

  @Override
  public Route route() {
    return new Route(HttpMethod.POST, "/api/webhook/cio/{org}");
  }

  @Override
  public void handle(Exchange exchange) {
    CompiledOrg org = settings.org(exchange.parameter("org"));
    Map<String, String> headers = signatureHeaders(exchange);
    Optional<WebhookSignatures.Check> check =
        headers.size() == 2
            ? Optional.of(org.signatures().check(headers.get(TIMESTAMP), headers.get(SIGNATURE)))
            : Optional.empty();
    WebhookBody body = new WebhookBody(limits, check);
    exchange.stream(body)
        .onFailure(exchange::fail)
        .onSuccess(end -> exchange.guarded(() -> land(exchange, org, headers, body)));
  }

  private static Map<String, String> signatureHeaders(Exchange exchange) {
    Map<String, String> headers = new HashMap<>();
    exchange.header(TIMESTAMP).ifPresent(value -> headers.put(TIMESTAMP, value));
    exchange.header(SIGNATURE).ifPresent(value -> headers.put(SIGNATURE, value));
    return headers;
  }

  private void land(
      Exchange exchange, CompiledOrg org, Map<String, String> headers, WebhookBody body) {
    Optional<String> workspace = body.workspace();
    Verification verification = verification(org, workspace);
    if (verification == Verification.UNVERIFIED && !budget.take(org.slug())) {
      metrics.webhookRefused();
      activity.refused(org.slug());
      throw ProblemException.unauthorized(
          "The signature is none of this org's: add the signing key that Customer.io shows on"
              + " the webhook's page to the workspace");
    }
    WebhookBody.Received received = body.received();
    Arrival arrival =
        new Arrival(
            received.eventId(),
            org.slug(),
            Source.CIO,
            verification,
            workspace,
            headers,
            received.body());
    exchange.then(
        landing.land(List.of(arrival)),
        (landed, failure) -> {
          if (failure != null) {
            exchange.fail(failure);
          } else {
            metrics.webhookLanded(verification);
            exchange.json(200, ACCEPTED);
            activity.landed(org.source(), verification, workspace, received.body());
          }
        });
  }

  private static Verification verification(CompiledOrg org, Optional<String> workspace) {
    if (workspace.isPresent()) {
      return Verification.VERIFIED;
    }
    return org.signatures().isEmpty() ? Verification.UNKNOWN : Verification.UNVERIFIED;
  }
}
