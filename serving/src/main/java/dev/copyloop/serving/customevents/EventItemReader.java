package dev.copyloop.serving.customevents;

import dev.copyloop.events.custom.CustomEvent;
import dev.copyloop.events.custom.CustomEventJson;
import dev.copyloop.events.json.StrictJson;
import dev.copyloop.events.landing.LandedBody;
import dev.copyloop.events.landing.Source;
import dev.copyloop.events.landing.Verification;
import dev.copyloop.events.time.EventTime;
import dev.copyloop.landing.Arrival;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Checks an item at the door, where its sender can still mend it. Thread-safe. */
final class EventItemReader {
  private final Clock clock;

  EventItemReader(Clock clock) {
    this.clock = clock;
  }

  ItemResult read(String org, byte[] item) {
    try {
      CustomEvent event = CustomEventJson.read(item);
      Optional<String> problem = problem(event);
      return problem.isPresent()
          ? ItemResult.refused(problem.get())
          : ItemResult.taken(arrival(org, event, item));
    } catch (IOException e) {
      return ItemResult.refused(e.getMessage());
    }
  }

  private Optional<String> problem(CustomEvent event) {
    if (event.userId().isEmpty() && event.trackingId().isEmpty()) {
      return Optional.of("No user_id: nobody could be credited with it");
    }
    try {
      long occurredAt = EventTime.parse(event.timestamp());
      return EventTime.isPlausible(occurredAt, clock.millis())
          ? Optional.empty()
          : Optional.of("timestamp must lie between 2015-01-01 and an hour from now");
    } catch (DateTimeException e) {
      return Optional.of(
          "timestamp is no time: send unix seconds, milliseconds, or ISO 8601 with an offset");
    }
  }

  private static Arrival arrival(String org, CustomEvent event, byte[] item) {
    return new Arrival(
        event.eventId().orElseGet(() -> UUID.randomUUID().toString()),
        org,
        Source.EVENTS,
        Verification.VERIFIED,
        Optional.empty(),
        Map.of(),
        StrictJson.accepts(item) ? new LandedBody.Json(item) : new LandedBody.Raw(item));
  }
}
