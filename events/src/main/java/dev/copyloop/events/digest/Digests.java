package dev.copyloop.events.digest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Digests. What is fed and finished in one go has one of each kind per thread, to be finished
 * before the thread does anything else; what is fed bit by bit has its own. Thread-safe.
 */
public final class Digests {
  private static final ThreadLocal<MessageDigest> SHA1 =
      ThreadLocal.withInitial(() -> create("SHA-1"));
  private static final ThreadLocal<MessageDigest> SHA256 =
      ThreadLocal.withInitial(() -> create("SHA-256"));

  private Digests() {}

  /** The thread's SHA-1. */
  public static MessageDigest sha1() {
    return fresh(SHA1.get());
  }

  /** The thread's SHA-256. */
  public static MessageDigest sha256() {
    return fresh(SHA256.get());
  }

  /** A SHA-256 of the caller's own. */
  public static MessageDigest newSha256() {
    return create("SHA-256");
  }

  private static MessageDigest fresh(MessageDigest digest) {
    digest.reset();
    return digest;
  }

  private static MessageDigest create(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has " + algorithm, e);
    }
  }
}
