package dev.copyloop.landing;

import dev.copyloop.events.landing.LandedBody;
import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.events.landing.Source;
import dev.copyloop.events.landing.Verification;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An event on its way into the landing: a {@link LandingLine} that has no {@code received_at} yet.
 *
 * @param eventId the sender's event id, or the SHA-256 of the body where it has none
 * @param org slug of the org it was sent to
 * @param workspace the workspace whose signing key verified it; empty for API-key senders
 * @param headers the sender's headers that are kept, lower-case names
 * @param body not changed by the caller from here on
 */
public record Arrival(
    String eventId,
    String org,
    Source source,
    Verification verification,
    Optional<String> workspace,
    Map<String, String> headers,
    LandedBody body) {

  public Arrival {
    Objects.requireNonNull(eventId, "eventId");
    Objects.requireNonNull(org, "org");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(verification, "verification");
    Objects.requireNonNull(workspace, "workspace");
    Objects.requireNonNull(body, "body");
    headers = Map.copyOf(headers);
  }

  /** The line it becomes when it is received at that time, epoch milliseconds. */
  public LandingLine receivedAt(long millis) {
    return new LandingLine(eventId, org, source, millis, verification, workspace, headers, body);
  }
}
