package dev.copyloop.serving.decide;

import dev.copyloop.events.digest.Digests;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The number a person's variant is drawn by: the first eight bytes, big-endian, of SHA-256 over the
 * parts, each as UTF-8 after its length in bytes as a big-endian 32-bit number. Equal on every
 * machine and in every language.
 */
public final class DrawHash {
  private static final double TWO_TO_53 = 0x1p53;

  private DrawHash() {}

  /** The number for org, template, user and tracking id, an absent one as the empty string. */
  public static long of(String org, String templateId, String userId, String trackingId) {
    return number(Digests.sha256(), org, templateId, userId, trackingId);
  }

  /** The number that the arm is drawn by: the same parts, the text {@code arm} before them. */
  public static long ofArm(String org, String templateId, String userId, String trackingId) {
    MessageDigest digest = Digests.sha256();
    update(digest, "arm");
    return number(digest, org, templateId, userId, trackingId);
  }

  private static long number(
      MessageDigest digest, String org, String templateId, String userId, String trackingId) {
    update(digest, org);
    update(digest, templateId);
    update(digest, userId);
    update(digest, trackingId);
    return ByteBuffer.wrap(digest.digest()).getLong();
  }

  /** The number's place in [0, 1): its upper 53 bits. */
  public static double unit(long hash) {
    return (hash >>> 11) / TWO_TO_53;
  }

  private static void update(MessageDigest digest, String part) {
    byte[] utf8 = part.getBytes(StandardCharsets.UTF_8);
    digest.update((byte) (utf8.length >>> 24));
    digest.update((byte) (utf8.length >>> 16));
    digest.update((byte) (utf8.length >>> 8));
    digest.update((byte) utf8.length);
    digest.update(utf8);
  }
}
