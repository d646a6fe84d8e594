package dev.copyloop.serving.webhook;

import dev.copyloop.events.digest.Digests;
import dev.copyloop.events.json.StrictJson;
import dev.copyloop.events.landing.LandedBody;
import dev.copyloop.serving.http.BodySink;
import dev.copyloop.serving.http.Problem;
import dev.copyloop.serving.http.ProblemException;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Takes a webhook's body: whole up to a limit, above it only the first bytes, the length and the
 * SHA-256. Not thread-safe: one per request.
 */
final class WebhookBody implements BodySink {
  /** What is kept of a body over the limit. */
  static final int HEAD = 64 * 1024;

  private final WebhookLimits limits;
  private final Optional<WebhookSignatures.Check> check;
  private final MessageDigest digest = Digests.newSha256();
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream(1024);
  private long length;

  WebhookBody(WebhookLimits limits, Optional<WebhookSignatures.Check> check) {
    this.limits = limits;
    this.check = check;
  }

  /** A body as it is landed. */
  record Received(String eventId, LandedBody body) {}

  @Override
  public void accept(byte[] part) {
    length += part.length;
    if (length > limits.refused().bytes()) {
      throw ProblemException.of(
          Problem.Kind.TOO_LARGE, "Send at most " + limits.refused() + " in one webhook");
    }
    digest.update(part);
    check.ifPresent(running -> running.update(part));
    if (!isOversize()) {
      kept.writeBytes(part);
    } else if (kept.size() < HEAD) {
      kept.write(part, 0, Math.min(part.length, HEAD - kept.size()));
    }
  }

  @Override
  public long held() {
    return kept.size();
  }

  private boolean isOversize() {
    return length > limits.whole().bytes();
  }

  /** The workspace whose key made the signature; empty if none did. */
  Optional<String> workspace() {
    return check.flatMap(WebhookSignatures.Check::workspace);
  }

  /** The body, with the sender's event id or the SHA-256 of the body where it has none. */
  Received received() {
    String sha256 = HexFormat.of().formatHex(digest.digest());
    byte[] bytes = kept.toByteArray();
    if (isOversize()) {
      byte[] head = bytes.length > HEAD ? Arrays.copyOf(bytes, HEAD) : bytes;
      return new Received(sha256, new LandedBody.Truncated(head, length, sha256));
    }
    StrictJson.Scan scan = StrictJson.scan(bytes, "event_id");
    String eventId = scan.member().filter(id -> !id.isBlank()).orElse(sha256);
    return new Received(
        eventId, scan.strict() ? new LandedBody.Json(bytes) : new LandedBody.Raw(bytes));
  }
}
