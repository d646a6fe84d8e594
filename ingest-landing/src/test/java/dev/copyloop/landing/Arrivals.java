package dev.copyloop.landing;

import dev.copyloop.events.landing.LandedBody;
import dev.copyloop.events.landing.Source;
import dev.copyloop.events.landing.Verification;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Arrivals to land. */
public final class Arrivals {
  private Arrivals() {}

  /** A webhook's arrival of about 100 bytes. */
  public static Arrival cio(String eventId) {
    return of(Source.CIO, eventId, "{\"event_id\":\"" + eventId + "\"}");
  }

  /** An arrival with that JSON body. */
  public static Arrival of(Source source, String eventId, String json) {
    return of("acme", source, eventId, json);
  }

  /** An arrival of an org. */
  public static Arrival of(String org, Source source, String eventId, String json) {
    return new Arrival(
        eventId,
        org,
        source,
        Verification.VERIFIED,
        Optional.of("production"),
        Map.of("x-cio-timestamp", "1700000000"),
        new LandedBody.Json(json.getBytes(StandardCharsets.UTF_8)));
  }
}
