package dev.copyloop.serving.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** The strong validator of a JSON representation: RFC 9110, section 8.8.3. */
final class EntityTag {
  /** 64 bits: two states of one setting are compared, never all of them. */
  private static final int BYTES = 8;

  private EntityTag() {}

  /** The tag of what is answered with that body, in its quotes. */
  static String of(JsonNode body) {
    byte[] hash = sha256().digest(body.toString().getBytes(StandardCharsets.UTF_8));
    return '"' + HexFormat.of().formatHex(hash, 0, BYTES) + '"';
  }

  /** Whether an {@code If-Match} names what is there now; a missing node is nothing. */
  static boolean matches(String ifMatch, JsonNode now) {
    if (now.isMissingNode()) {
      return false;
    }
    String tag = of(now);
    return Arrays.stream(ifMatch.split(","))
        .map(String::strip)
        .anyMatch(wanted -> "*".equals(wanted) || tag.equals(wanted));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
