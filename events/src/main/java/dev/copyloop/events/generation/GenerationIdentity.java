package dev.copyloop.events.generation;

import dev.copyloop.events.digest.Digests;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.UUID;

/**
 * The identity of a logical decision: a retried call has the identity of the first one.
 *
 * <p>UUID version 5 (RFC 9562, section 5.5) over org, template, user, tracking id and the sender's
 * idempotency key. Each part is length-prefixed, so that no two lists of parts are spelled alike.
 */
public final class GenerationIdentity {
  private static final UUID NAMESPACE = UUID.fromString("6f5a7f0e-6a1b-5d0c-9a43-0c1f7a5be2d1");

  private GenerationIdentity() {}

  /**
   * The generation id; a random one if there is neither an idempotency key nor a tracking id, since
   * nothing then tells a retry from a second request.
   */
  public static UUID of(
      String org,
      String templateId,
      Optional<String> userId,
      Optional<String> trackingId,
      Optional<String> idempotencyKey) {
    if (trackingId.isEmpty() && idempotencyKey.isEmpty()) {
      return UUID.randomUUID();
    }
    MessageDigest sha1 = Digests.sha1();
    sha1.update(bytes(NAMESPACE));
    update(sha1, org);
    update(sha1, templateId);
    update(sha1, userId.orElse(""));
    update(sha1, trackingId.orElse(""));
    update(sha1, idempotencyKey.orElse(""));
    return version5(sha1.digest());
  }

  private static void update(MessageDigest digest, String part) {
    byte[] utf8 = part.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(utf8.length).array());
    digest.update(utf8);
  }

  private static byte[] bytes(UUID uuid) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }

  private static UUID version5(byte[] digest) {
    ByteBuffer first16 = ByteBuffer.wrap(digest);
    long high = (first16.getLong() & ~0xF000L) | 0x5000L;
    long low = (first16.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }
}
