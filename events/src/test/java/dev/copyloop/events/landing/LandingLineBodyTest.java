package dev.copyloop.events.landing;

import static dev.copyloop.events.landing.SampleLines.json;
import static dev.copyloop.events.landing.SampleLines.line;
import static dev.copyloop.events.landing.SampleLines.randomJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import dev.copyloop.events.json.Json;
import dev.copyloop.events.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A body that is read together with its line. */
class LandingLineBodyTest {
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
}
