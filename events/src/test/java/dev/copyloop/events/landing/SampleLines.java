package dev.copyloop.events.landing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.copyloop.events.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Landing lines for tests. */
final class SampleLines {
  static final String BODY = "{ \"event_id\":\"e-1\",\t\"n\": 1.50, \"ü\":\"€\" }";

  private SampleLines() {}

  static LandingLine line(LandedBody body) {
    return new LandingLine(
        "e-1",
        "acme",
        Source.CIO,
        1_700_000_000_123L,
        Verification.VERIFIED,
        Optional.of("production"),
        Map.of("x-cio-timestamp", "17", "x-cio-signature", "ab"),
        body);
  }

  static LandedBody json(String text) {
    return new LandedBody.Json(text.getBytes(StandardCharsets.UTF_8));
  }

  static String text(LandingLine line) {
    return new String(LandingLineJson.write(line), StandardCharsets.UTF_8);
  }

  static String randomJson(Random random, int depth) {
    JsonNode scalar = Json.mapper().getNodeFactory().textNode(randomText(random));
    return switch (random.nextInt(depth > 4 ? 4 : 6)) {
      case 0 -> scalar.toString();
      case 1 -> Long.toString(random.nextLong());
      case 2 -> Double.toString(random.nextGaussian());
      case 3 -> random.nextBoolean() ? "true" : "null";
      case 4 -> "[ " + randomJson(random, depth + 1) + "\t, " + randomJson(random, depth + 1) + "]";
      default -> "{" + scalar + " :" + randomJson(random, depth + 1) + "}";
    };
  }

  private static String randomText(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      int codePoint = random.nextInt(random.nextBoolean() ? 0x80 : 0x11_0000);
      if (codePoint < 0xD800 || codePoint > 0xDFFF) {
        text.appendCodePoint(codePoint);
      }
    }
    return text.toString();
  }
}
