package dev.copyloop.events.landing;

import static dev.copyloop.events.landing.SampleLines.BODY;
import static dev.copyloop.events.landing.SampleLines.json;
import static dev.copyloop.events.landing.SampleLines.line;
import static dev.copyloop.events.landing.SampleLines.randomJson;
import static dev.copyloop.events.landing.SampleLines.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.events.json.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LandingLineJsonTest {
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

  private static LandingLine roundTrip(LandingLine line) throws IOException {
    return LandingLineJson.read(LandingLineJson.write(line));
  }
}
