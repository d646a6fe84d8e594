package dev.copyloop.events.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "true",
        "false",
        "0",
        "-0",
        "1.5e-7",
        "1E+2",
        "\"\"",
        " {\t} ",
        "[ 1 , [ ] , { \"a\" : null } ]",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4\"",
        "\"äöü € 😀\"",
        "\"\\ud800\"",
        "{\"a\":1,\"a\":2}",
        "\"\u007f\u0080\u07ff\u0800\uffff\""
      })
  void jsonIsAccepted(String text) {
    assertThat(accepts(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "}",
        "[",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":1 \"b\":2}",
        "{1:2}",
        "nul",
        "nulll",
        "True",
        "NaN",
        "Infinity",
        "-Infinity",
        "+1",
        "01",
        "-",
        "1.",
        ".5",
        "1e",
        "1e+",
        "0x10",
        "1 2",
        "{} {}",
        "{}x",
        "\"",
        "\"a",
        "\"\\\"",
        "\"\\x41\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"\\u",
        "\"tab\there\"",
        "\"\u0000\"",
        "{\"a\":1}\n",
        "{\r\"a\":1}",
        "[\n]",
        "// comment\t1",
        "\uFEFF{}"
      })
  void anythingElseIsRefused(String text) {
    assertThat(accepts(text)).isFalse();
  }

  /** Ill-formed UTF-8 inside a string, by the kinds of Unicode 15, section 3.9. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "80", // a continuation without a lead
        "bf",
        "c080", // overlong
        "c1bf",
        "c3", // cut
        "c328", // no continuation
        "e08080", // overlong
        "e09fbf",
        "e282", // cut
        "eda080", // surrogates
        "edbfbf",
        "f0808080", // overlong
        "f08fbfbf",
        "f09f98", // cut
        "f4908080", // above U+10FFFF
        "f5808080",
        "f8888080",
        "fe",
        "ff"
      })
  void illFormedUtf8IsRefused(String hex) {
    assertThat(StrictJson.accepts(quoted(HexFormat.of().parseHex(hex)))).isFalse();
    assertThat(StrictJson.accepts(HexFormat.of().parseHex(hex))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"c280", "dfbf", "e0a080", "ed9fbf", "ee8080", "f0908080", "f48fbfbf"})
  void theEdgesOfWellFormedUtf8AreAccepted(String hex) {
    assertThat(StrictJson.accepts(quoted(HexFormat.of().parseHex(hex)))).isTrue();
  }

  @Test
  void depthIsBounded() {
    assertThat(accepts("[".repeat(32) + "]".repeat(32))).isTrue();
    assertThat(accepts("[".repeat(33) + "]".repeat(33))).isFalse();
    assertThat(accepts("{\"a\":".repeat(32) + "1" + "}".repeat(32))).isTrue();
    assertThat(accepts("{\"a\":".repeat(33) + "1" + "}".repeat(33))).isFalse();
    assertThat(accepts("[".repeat(1_000_000))).isFalse();
  }

  @Test
  void whatTheSharedParserRefusesAsTooLongIsRefused() {
    assertThat(accepts("1".repeat(1_000))).isTrue();
    assertThat(accepts("1".repeat(1_001))).isFalse();
    assertThat(accepts("{\"" + "n".repeat(50_001) + "\":1}")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"event_id\":\"abc\"}|abc",
        "{\"event_id\":12.50}|12.50",
        "{\"event_id\":-7}|-7",
        "{\"a\":{\"event_id\":\"inner\"},\"event_id\":\"outer\"}|outer",
        "{\"event_id\":\"first\",\"event_id\":\"last\"}|last",
        "{\"event_id\":\"a\\u00e4\\n\\\"\\ud83d\\ude00\"}|`aä\n\"😀`",
        "{\"event\\u005fid\":\"escaped\"}|escaped",
        "{ \"event_id\" :\t\"spaced\" }|spaced",
        "{\"event_id\":\"\"}|``"
      })
  void theMemberIsFoundInTheSameWalk(String text, String expected) {
    assertThat(scan(text)).isEqualTo(new StrictJson.Scan(true, Optional.of(expected)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[\"event_id\"]",
        "\"event_id\"",
        "{\"event_id\":null}",
        "{\"event_id\":true}",
        "{\"event_id\":{}}",
        "{\"event_id\":[\"x\"]}",
        "{\"event_id\":\"\\ud800\"}",
        "{\"event_id\":\"first\",\"event_id\":null}",
        "{\"event_idx\":\"x\",\"event_i\":\"y\"}",
        "[{\"event_id\":\"inner\"}]"
      })
  void aMemberThatIsNoTextOrNumberIsAbsent(String text) {
    assertThat(scan(text)).isEqualTo(new StrictJson.Scan(true, Optional.empty()));
  }

  @Test
  void aMemberOfWhatIsNotStrictIsNotGiven() {
    assertThat(scan("{\"event_id\":\"abc\"}\n"))
        .isEqualTo(new StrictJson.Scan(false, Optional.empty()));
  }

  /** Whatever is accepted here, every reader of the landing must be able to read. */
  @Test
  void everythingAcceptedIsReadByTheSharedParser() throws IOException {
    Random random = new Random(42);
    String seed = "{\"event_id\":\"a\\u00e4\",\"n\":[1.5e3,-0,true,null,{\"ü\":\"€\"}]}";
    int accepted = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] mutated = seed.getBytes(StandardCharsets.UTF_8);
      for (int change = random.nextInt(3); change >= 0; change--) {
        mutated[random.nextInt(mutated.length)] =
            random.nextBoolean()
                ? (byte) random.nextInt(256)
                : (byte) "{}[]\",:\\0e-.tfn ".charAt(random.nextInt(16));
      }
      if (StrictJson.accepts(mutated)) {
        accepted++;
        try (JsonParser json = Json.factory().createParser(mutated)) {
          json.nextToken();
          json.skipChildren();
          assertThat(json.nextToken()).isNull();
        }
      }
    }
    assertThat(accepted).isBetween(1_000, 15_000);
  }

  private static boolean accepts(String text) {
    return StrictJson.accepts(text.getBytes(StandardCharsets.UTF_8));
  }

  private static StrictJson.Scan scan(String text) {
    return StrictJson.scan(text.getBytes(StandardCharsets.UTF_8), "event_id");
  }

  private static byte[] quoted(byte[] content) {
    byte[] quoted = new byte[content.length + 2];
    quoted[0] = '"';
    System.arraycopy(content, 0, quoted, 1, content.length);
    quoted[quoted.length - 1] = '"';
    return quoted;
  }
}
