package dev.copyloop.serving.observe;

import dev.copyloop.landing.Landing;
import dev.copyloop.landing.LandingState;
import dev.copyloop.serving.http.Draining;
import dev.copyloop.serving.http.Endpoint;
import dev.copyloop.serving.http.Exchange;
import dev.copyloop.serving.http.ProblemException;
import dev.copyloop.serving.http.Route;
import dev.copyloop.serving.settings.CurrentSettings;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** {@code GET /ready}: whether a balancer should send requests here. */
public final class ReadyEndpoint implements Endpoint {
  private static final byte[] READY = "{\"status\":\"ready\"}".getBytes(StandardCharsets.US_ASCII);

  private final CurrentSettings settings;
  private final Landing landing;
  private final Draining draining;

  public ReadyEndpoint(CurrentSettings settings, Landing landing, Draining draining) {
    this.settings = settings;
    this.landing = landing;
    this.draining = draining;
  }

  @Override
  public Route route() {
    return new Route(HttpMethod.GET, "/ready");
  }

  @Override
  public void handle(Exchange exchange) {
    if (draining.started()) {
      throw ProblemException.unavailable("Draining: this process is on its way out", 5);
    }
    if (!settings.settled()) {
      throw ProblemException.unavailable("The settings are not loaded yet", 1);
    }
    LandingState state = landing.state();
    if (!state.accepting()) {
      throw ProblemException.unavailable(
          "The landing is " + state.phase().name().toLowerCase(Locale.ROOT), 5);
    }
    exchange.json(200, READY);
  }
}
