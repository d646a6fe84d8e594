package dev.copyloop.events.landing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.events.json.JsonText;
import dev.copyloop.events.json.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LandingLineJsonTest {
  private static final String BODY = "{ \"event_id\":\"e-1\",\t\"n\": 1.50, \"ü\":\"€\" }";

  @Test
  void aJsonBodyStandsVerbatimAtTheEnd() {
    assertThat(text(line(json(BODY))))
        .isEqualTo(
            "{\"v\":1,\"event_id\":\"e-1\",\"org\":\"acme\",\"source\":\"cio\","
                + "\"received_at\":1700000000123,\"verified\":\"verified\","
                + "\"workspace\":\"production\","
                + "\"headers\":{\"x-cio-signature\":\"ab\",\"x-cio-timestamp\":\"17\"},"
                + "\"body\":"
                + BODY
                + "}");
  }

  @Test
  void jsonBodiesOfEveryKindAreReadBackByteForByte() throws IOException {
    for (String body :
        new String[] {
          BODY,
          "null",
          "true",
          "0",
          "-1.5e10",
          "\"\"",
          "\"a\\\"}b\"",
          "[]",
          "[ 1 ,2 ]",
          "{}",
          "[".repeat(32) + "]".repeat(32),
          "1".repeat(1_000)
        }) {
      assertThat(StrictJson.accepts(body.getBytes(StandardCharsets.UTF_8))).isTrue();
      LandedBody read = roundTrip(line(json(body))).body();
      assertThat(read).isInstanceOf(LandedBody.Json.class);
      assertThat(new String(read.bytes(), StandardCharsets.UTF_8)).isEqualTo(body.strip());
    }
  }

  @Test
  void randomStrictBodiesAreReadBackByteForByte() throws IOException {
    Random random = new Random(11);
    for (int round = 0; round < 2_000; round++) {
      byte[] body = randomJson(random, 0).getBytes(StandardCharsets.UTF_8);
      assertThat(StrictJson.accepts(body)).isTrue();
      assertThat(roundTrip(line(new LandedBody.Json(body))).body().bytes()).isEqualTo(body);
    }
  }

  @Test
  void anythingElseIsKeptAsBase64() throws IOException {
    byte[] bytes = {0, 10, 13, (byte) 0xFF, '{'};
    LandedBody read = roundTrip(line(new LandedBody.Raw(bytes))).body();
    assertThat(read).isInstanceOf(LandedBody.Raw.class);
    assertThat(read.bytes()).isEqualTo(bytes);
    assertThat(text(line(new LandedBody.Raw(bytes)))).doesNotContain("\n").doesNotContain("\r");
  }

  @Test
  void anEmptyBodyIsKept() throws IOException {
    assertThat(roundTrip(line(new LandedBody.Raw(new byte[0]))).body().bytes()).isEmpty();
  }

  @Test
  void aTruncatedBodyKeepsItsLengthAndHash() throws IOException {
    LandedBody.Truncated truncated =
        new LandedBody.Truncated(new byte[] {1, 2}, 5_000_000_000L, "c".repeat(64));
    LandedBody read = roundTrip(line(truncated)).body();
    assertThat(read)
        .isInstanceOfSatisfying(
            LandedBody.Truncated.class,
            same -> {
              assertThat(same.bytes()).isEqualTo(truncated.bytes());
              assertThat(same.length()).isEqualTo(truncated.length());
              assertThat(same.sha256()).isEqualTo(truncated.sha256());
            });
  }

  @Test
  void theEnvelopeIsReadBack() throws IOException {
    LandingLine line =
        new LandingLine(
            "id with \"quotes\", \n line feeds and 😀",
            "acme",
            Source.EVENTS,
            0,
            Verification.UNKNOWN,
            Optional.empty(),
            Map.of("x-odd", "tab\tand\u0001control"),
            json("{}"));
    LandingLine read = roundTrip(line);
    assertThat(read.eventId()).isEqualTo(line.eventId());
    assertThat(read.source()).isEqualTo(Source.EVENTS);
    assertThat(read.receivedAtMillis()).isZero();
    assertThat(read.verification()).isEqualTo(Verification.UNKNOWN);
    assertThat(read.workspace()).isEmpty();
    assertThat(read.headers()).isEqualTo(line.headers());
  }

  @Test
  void aLoneSurrogateInTheEnvelopeDoesNotStopTheLine() throws IOException {
    LandingLine line =
        new LandingLine(
            "a\ud800b",
            "acme",
            Source.CIO,
            1,
            Verification.VERIFIED,
            Optional.empty(),
            Map.of("x-odd", "\udc00"),
            json("{}"));
    LandingLine read = roundTrip(line);
    assertThat(read.eventId()).isEqualTo("a\ufffdb");
    assertThat(read.headers()).containsEntry("x-odd", "\ufffd");
  }

  @Test
  void equalLinesGiveEqualBytes() {
    assertThat(text(line(json(BODY)))).isEqualTo(text(line(json(BODY))));
  }

  @Test
  void unknownMembersAreSkipped() throws IOException {
    String extended =
        text(line(json("{}")))
            .replaceFirst("\\{", "{\"later\":{\"a\":[1,{\"body\":2}]},\"more\":null,");
    assertThat(read(extended).eventId()).isEqualTo("e-1");
  }

  @Test
  void theLastOfDuplicateMembersWins() throws IOException {
    String doubled = text(line(json("{}"))).replaceFirst("\\{", "{\"event_id\":\"first\",");
    assertThat(read(doubled).eventId()).isEqualTo("e-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"event_id", "org", "source", "received_at", "verified", "body", "v"})
  void aMissingMemberIsNamed(String member) throws IOException {
    ObjectNode node = tree();
    node.remove(member);
    assertThatThrownBy(() -> read(node.toString()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(member.equals("v") ? "version" : member);
  }

  @ParameterizedTest
  @ValueSource(strings = {"event_id", "org", "source", "received_at", "verified", "v"})
  void aNullMemberIsAnError(String member) throws IOException {
    ObjectNode node = tree();
    node.putNull(member);
    assertThatThrownBy(() -> read(node.toString())).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "v|\"1\"",
        "v|2",
        "v|0",
        "v|1e400",
        "event_id|7",
        "event_id|{}",
        "org|[]",
        "source|\"other\"",
        "source|3",
        "received_at|\"1\"",
        "received_at|-1",
        "received_at|1.5",
        "received_at|99999999999999999999",
        "verified|true",
        "verified|\"yes\"",
        "workspace|{}",
        "headers|[]",
        "headers|{\"a\":1}",
        "headers|{\"a\":{}}"
      })
  void aMemberOfTheWrongTypeIsAnError(String member, String value) throws IOException {
    ObjectNode node = tree();
    node.set(member, Json.mapper().readTree(value));
    assertThatThrownBy(() -> read(node.toString())).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "x",
        "{",
        "{\"v\":1",
        "{\"v\":1}",
        "{\"body_base64\":\"###\"}",
        "{\"body_base64\":1}",
        "{\"body_length\":{}}"
      })
  void whatIsNoLineIsAnError(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(IOException.class);
  }

  @Test
  void everyCutOfALineIsAnErrorAndNothingWorse() {
    String whole = text(line(json(BODY)));
    byte[] bytes = whole.getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> LandingLineJson.read(cut)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void whatFollowsALineIsAnError() {
    assertThatThrownBy(() -> read(text(line(json("{}"))) + "{}")).isInstanceOf(IOException.class);
  }

  @Test
  void aBodyIsReadWithItsLineAsByItself() throws IOException {
    Random random = new Random(12);
    int readable = 0;
    for (int round = 0; round < 3_000; round++) {
      byte[] line = LandingLineJson.write(line(json(randomJson(random, 0))));
      if (round % 3 > 0) {
        line[random.nextInt(line.length)] = (byte) (' ' + random.nextInt(0x60));
      }
      readable += assertReadAlike(line) ? 1 : 0;
    }
    assertThat(readable).isBetween(1_500, 2_900);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'body':{'a':1}, 'workspace':'w'",
        "'body':[1, 2] ",
        "'body':'x','body':'y'",
        "'body':{'a':1},'body_base64':'AAA='",
        "'body_base64':'AAA=','body':{'a':1}",
        "'body_base64':'AAA='"
      })
  void aBodyIsReadWithItsLineWhereverItStands(String members) throws IOException {
    String envelope =
        "{'v':1,'event_id':'e-1','org':'acme','source':'cio','received_at':1,"
            + "'verified':'verified',";
    String line = (envelope + members + "}").replace('\'', '"');

    assertThat(assertReadAlike(line.getBytes(StandardCharsets.UTF_8))).isTrue();
  }

  @Test
  void aBodyThatItsReaderRefusesIsAnError() {
    byte[] line = LandingLineJson.write(line(json("{}")));

    assertThatThrownBy(
            () ->
                LandingLineJson.read(
                    line,
                    body -> {
                      throw new IOException("refused");
                    }))
        .isInstanceOf(IOException.class);
  }

  /** Whether it can be read. */
  private static boolean assertReadAlike(byte[] line) throws IOException {
    LandingLineJson.Read<String> read;
    try {
      read = LandingLineJson.read(line, JsonText::copy);
    } catch (IOException | NumberFormatException e) {
      return false;
    }
    LandingLine apart = LandingLineJson.read(line);
    assertThat(read.line())
        .usingRecursiveComparison()
        .ignoringFields("body", "headers")
        .isEqualTo(apart);
    assertThat(read.line().headers()).isEmpty();
    assertThat(read.line().body()).hasSameClassAs(apart.body());
    assertThat(read.line().body().bytes()).isEqualTo(apart.body().bytes());
    assertThat(read.value().isPresent()).isEqualTo(apart.body() instanceof LandedBody.Json);
    if (read.value().isPresent()) {
      try (JsonParser json = Json.factory().createParser(apart.body().bytes())) {
        json.nextToken();
        assertThat(read.value()).contains(JsonText.copy(json));
      }
    }
    return true;
  }

  private static ObjectNode tree() throws IOException {
    return (ObjectNode) Json.mapper().readTree(text(line(json("{}"))));
  }

  private static LandingLine line(LandedBody body) {
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

  private static LandedBody json(String text) {
    return new LandedBody.Json(text.getBytes(StandardCharsets.UTF_8));
  }

  private static LandingLine roundTrip(LandingLine line) throws IOException {
    return LandingLineJson.read(LandingLineJson.write(line));
  }

  private static String text(LandingLine line) {
    return new String(LandingLineJson.write(line), StandardCharsets.UTF_8);
  }

  private static LandingLine read(String text) throws IOException {
    return LandingLineJson.read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String randomJson(Random random, int depth) {
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
