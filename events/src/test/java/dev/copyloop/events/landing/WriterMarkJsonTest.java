package dev.copyloop.events.landing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.copyloop.events.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WriterMarkJsonTest {
  @ParameterizedTest
  @EnumSource
  void aMarkIsReadBack(WriterMark.State state) throws IOException {
    assertThat(WriterMarkJson.read(WriterMarkJson.write(mark(state)))).isEqualTo(mark(state));
  }

  @Test
  void unknownMembersAreSkipped() throws IOException {
    ObjectNode node = tree();
    node.putObject("later").put("a", 1);
    assertThat(read(node.toString())).isEqualTo(mark(WriterMark.State.LIVE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"writer", "epoch", "sealed_through", "published_at", "state"})
  void aMemberThatIsMissingOrWrongIsAnError(String member) throws IOException {
    ObjectNode node = tree();
    node.put(member, "?");
    assertThatThrownBy(() -> read(node.toString())).isInstanceOf(IOException.class);
    node.putObject(member);
    assertThatThrownBy(() -> read(node.toString())).hasMessageContaining(member);
    node.putNull(member);
    assertThatThrownBy(() -> read(node.toString())).hasMessageContaining(member);
    node.remove(member);
    assertThatThrownBy(() -> read(node.toString()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(member);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{", "7"})
  void whatIsNoMarkIsAnError(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(IOException.class);
  }

  private static WriterMark mark(WriterMark.State state) {
    return new WriterMark(
        UUID.fromString("0f8fad5b-d9cb-469f-a165-70867728950e"),
        3,
        Instant.parse("2026-01-02T03:04:05.678Z"),
        Instant.parse("2026-01-02T03:05:00Z"),
        state);
  }

  private static ObjectNode tree() throws IOException {
    return (ObjectNode) Json.mapper().readTree(WriterMarkJson.write(mark(WriterMark.State.LIVE)));
  }

  private static WriterMark read(String text) throws IOException {
    return WriterMarkJson.read(text.getBytes(StandardCharsets.UTF_8));
  }
}
