package dev.copyloop.serving.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.copyloop.events.digest.Digests;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** The strong validator of a JSON representation: RFC 9110, section 8.8.3. */
final class EntityTag {
  /** 64 bits: two states of one setting are compared, never all of them. */
  private static final int BYTES = 8;

  private EntityTag() {}

  /** The tag of what is answered with that body, in its quotes. */
  static String of(JsonNode body) {
    byte[] hash = Digests.sha256().digest(body.toString().getBytes(StandardCharsets.UTF_8));
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
}
