package dev.copyloop.events.landing;

import static dev.copyloop.events.landing.SampleLines.BODY;
import static dev.copyloop.events.landing.SampleLines.json;
import static dev.copyloop.events.landing.SampleLines.line;
import static dev.copyloop.events.landing.SampleLines.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.copyloop.events.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A line that is not as it was written is read where that is safe, and refused elsewhere. */
class AlteredLandingLineTest {
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

  private static ObjectNode tree() throws IOException {
    return (ObjectNode) Json.mapper().readTree(text(line(json("{}"))));
  }

  private static LandingLine read(String text) throws IOException {
    return LandingLineJson.read(text.getBytes(StandardCharsets.UTF_8));
  }
}
