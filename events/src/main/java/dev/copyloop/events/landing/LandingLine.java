package dev.copyloop.events.landing;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One line of a landing object: an envelope, and the payload as it came.
 *
 * @param eventId the sender's event id, or the SHA-256 of the body where it has none
 * @param org slug of the org it was sent to
 * @param receivedAtMillis when it was accepted here, epoch milliseconds, monotone per writer
 * @param workspace the workspace whose signing key verified it; empty for API-key senders
 * @param headers the sender's headers that are kept (signature, idempotency), lower-case names
 */
public record LandingLine(
    String eventId,
    String org,
    Source source,
    long receivedAtMillis,
    Verification verification,
    Optional<String> workspace,
    Map<String, String> headers,
    LandedBody body) {

  /** The version written into every envelope; a reader takes this one and the one before. */
  public static final int SCHEMA_VERSION = 1;

  public LandingLine {
    Objects.requireNonNull(eventId, "eventId");
    Objects.requireNonNull(org, "org");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(verification, "verification");
    Objects.requireNonNull(workspace, "workspace");
    Objects.requireNonNull(body, "body");
    headers = Map.copyOf(headers);
  }
}
