package dev.copyloop.serving;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs as Customer.io does, written apart from what verifies. */
final class Signatures {
  private Signatures() {}

  static String[] headers(String key, String timestamp, byte[] body) {
    return new String[] {
      "X-CIO-Timestamp", timestamp, "X-CIO-Signature", signature(key, timestamp, body)
    };
  }

  static String signature(String key, String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update(("v0:" + timestamp + ":").getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
