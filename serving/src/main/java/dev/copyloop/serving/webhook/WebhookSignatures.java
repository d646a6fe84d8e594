package dev.copyloop.serving.webhook;

import dev.copyloop.serving.settings.Credentials.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signing keys of an org's workspaces. Customer.io signs with HMAC-SHA256 over {@code v0:}, the
 * timestamp header, {@code :} and the raw body; the key is the text as shown, not decoded.
 * Immutable.
 */
public final class WebhookSignatures {
  private static final String ALGORITHM = "HmacSHA256";

  private final List<Keyed> keys;

  private WebhookSignatures(List<Keyed> keys) {
    this.keys = keys;
  }

  private record Keyed(String workspace, Mac prototype) {
    @Override
    public String toString() {
      return "key of " + workspace;
    }
  }

  /** The signatures of these keys. */
  public static WebhookSignatures of(List<SigningKey> signingKeys) {
    List<Keyed> keys = new ArrayList<>();
    for (SigningKey signingKey : signingKeys) {
      keys.add(new Keyed(signingKey.workspace(), mac(signingKey.key())));
    }
    return new WebhookSignatures(List.copyOf(keys));
  }

  private static Mac mac(String key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
    }
  }

  /** Whether there is no key to verify by. */
  public boolean isEmpty() {
    return keys.isEmpty();
  }

  /** Starts to verify a body by the two headers' values. */
  public Check check(String timestamp, String signature) {
    byte[] head = ("v0:" + timestamp + ":").getBytes(StandardCharsets.UTF_8);
    List<Candidate> candidates = new ArrayList<>(keys.size());
    for (Keyed key : keys) {
      Mac mac = copy(key.prototype());
      mac.update(head);
      candidates.add(new Candidate(key.workspace(), mac));
    }
    return new Check(candidates, expected(signature));
  }

  private static Mac copy(Mac prototype) {
    try {
      return (Mac) prototype.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("The platform's " + ALGORITHM + " can be copied", e);
    }
  }

  private static byte[] expected(String signature) {
    try {
      return HexFormat.of().parseHex(signature);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private record Candidate(String workspace, Mac mac) {}

  /** One body being verified. Not thread-safe. */
  public static final class Check {
    private final List<Candidate> candidates;
    private final byte[] expected;

    private Check(List<Candidate> candidates, byte[] expected) {
      this.candidates = candidates;
      this.expected = expected;
    }

    /** Takes the body's next bytes. */
    public void update(byte[] part) {
      candidates.forEach(candidate -> candidate.mac().update(part));
    }

    /** The workspace whose key made the signature; empty if none did. */
    public Optional<String> workspace() {
      Optional<String> found = Optional.empty();
      for (Candidate candidate : candidates) {
        if (MessageDigest.isEqual(candidate.mac().doFinal(), expected) && found.isEmpty()) {
          found = Optional.of(candidate.workspace());
        }
      }
      return found;
    }
  }
}
