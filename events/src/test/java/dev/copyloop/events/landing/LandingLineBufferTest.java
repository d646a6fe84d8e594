package dev.copyloop.events.landing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.copyloop.events.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LandingLineBufferTest {
  private static final String ODD = "ab\"\\\n\t\u0001\u001f\u007f \u0080ü€😀";

  private final LandingLineBuffer buffer = new LandingLineBuffer();

  @Test
  void textsAreWrittenAsJacksonWritesThem() throws JsonProcessingException {
    Random random = new Random(5);
    for (int round = 0; round < 2_000; round++) {
      String text = randomText(random);
      String json = Json.mapper().writeValueAsString(text);
      buffer.clear();
      buffer.add(line(text, Map.of(text, text), new byte[] {'0'}));
      assertThat(written())
          .isEqualTo(
              "{\"v\":1,\"event_id\":%s,\"org\":%s,\"source\":\"generate\",\"received_at\":17,\"verified\":\"verified\",\"workspace\":%s,\"headers\":{%s:%s},\"body\":0}"
                  .formatted(json, json, json, json, json));
    }
  }

  @Test
  void linesLieBehindEachOtherAsTheyAreAlone() {
    ByteArrayOutputStream alone = new ByteArrayOutputStream();
    for (int length : new int[] {1, 100, 50_000, 3}) {
      LandingLine line = line("e-" + length, Map.of(), digits(length));
      alone.writeBytes(LandingLineJson.write(line));
      buffer.add(line);
      assertThat(buffer.length()).isEqualTo(alone.size());
    }
    assertThat(written()).isEqualTo(alone.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aClearedOneKeepsNothingButSomeMemory() {
    buffer.add(line("large", Map.of(), digits(3_000_000)));
    buffer.clear();
    LandingLine small = line("small", Map.of(), digits(1));
    buffer.add(small);
    assertThat(written())
        .isEqualTo(new String(LandingLineJson.write(small), StandardCharsets.UTF_8));
    assertThat(buffer.bytes()).hasSizeLessThan(100_000);
  }

  private static byte[] digits(int length) {
    byte[] digits = new byte[length];
    Arrays.fill(digits, (byte) '1');
    return digits;
  }

  private static String randomText(Random random) {
    int[] points = ODD.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(40); i >= 0; i--) {
      int range = random.nextInt(4) == 0 ? points.length : 2;
      text.appendCodePoint(points[random.nextInt(range)]);
    }
    return text.toString();
  }

  private static LandingLine line(String text, Map<String, String> headers, byte[] body) {
    return new LandingLine(
        text,
        text,
        Source.GENERATE,
        17,
        Verification.VERIFIED,
        Optional.of(text),
        headers,
        new LandedBody.Json(body));
  }

  private String written() {
    return new String(buffer.bytes(), 0, buffer.length(), StandardCharsets.UTF_8);
  }
}
