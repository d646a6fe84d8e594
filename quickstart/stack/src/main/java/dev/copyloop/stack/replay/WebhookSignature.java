package dev.copyloop.stack.replay;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs like Customer.io: lower-case hex HMAC-SHA256 over {@code v0:<unix seconds>:<body>}, keyed
 * by the signing key's own text. Thread-safe.
 */
public final class WebhookSignature implements Authentication {
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;
  private final InstantSource clock;

  public WebhookSignature(String signingKey, InstantSource clock) {
    this.key = new SecretKeySpec(signingKey.getBytes(StandardCharsets.US_ASCII), ALGORITHM);
    this.clock = clock;
  }

  @Override
  public Map<String, String> headers(byte[] body) {
    String timestamp = Long.toString(clock.instant().getEpochSecond());
    return Map.of(
        "X-CIO-Timestamp",
        timestamp,
        "X-CIO-Signature",
        HexFormat.of().formatHex(hmac(timestamp, body)));
  }

  private byte[] hmac(String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(("v0:" + timestamp + ":").getBytes(StandardCharsets.US_ASCII));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Cannot sign: this JVM has no " + ALGORITHM, e);
    }
  }
}
