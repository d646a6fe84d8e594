package dev.copyloop.events.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.events.json.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GenerationRecordJsonTest {

  @Test
  void aFullRecordIsReadBack() throws IOException {
    assertThat(roundTrip(full())).isEqualTo(full());
  }

  @Test
  void aRecordWithoutTheOptionalMembersIsReadBack() throws IOException {
    assertThat(roundTrip(minimal())).isEqualTo(minimal());
    String text = text(minimal());
    assertThat(text)
        .doesNotContain("user_id")
        .doesNotContain("vars_rendered")
        .doesNotContain("fallback")
        .doesNotContain("null");
  }

  @ParameterizedTest
  @EnumSource
  void everyReasonOfAFallbackIsReadBack(FallbackReason reason) throws IOException {
    ObjectNode node = tree(full());
    node.put("fallback", reason.label());
    assertThat(read(node.toString()).fallback()).contains(reason);
  }

  @Test
  void aRecordCanStandVerbatimInALandingLine() {
    assertThat(StrictJson.accepts(GenerationRecordJson.write(full()))).isTrue();
    assertThat(StrictJson.accepts(GenerationRecordJson.write(minimal()))).isTrue();
  }

  @Test
  void equalRecordsGiveEqualBytes() {
    assertThat(text(full())).isEqualTo(text(full()));
  }

  @Test
  void valuesKeepTheirText() throws IOException {
    GenerationRecord read = roundTrip(full());
    assertThat(read.attrs())
        .containsEntry("n", "1.50")
        .containsEntry("list", "[1,\"a\"]")
        .containsEntry("quote", "O'Brien \"x\" \n 😀");
    assertThat(read.propensity()).isEqualTo(1.0 / 3);
  }

  @Test
  void halfASurrogatePairDoesNotStopARecord() throws IOException {
    ObjectNode node = tree(full());
    node.putObject("attrs").put("odd", "HALF");
    GenerationRecord odd = read(node.toString().replace("HALF", "\\ud800"));
    assertThat(StrictJson.accepts(GenerationRecordJson.write(odd))).isTrue();
    assertThat(roundTrip(odd).attrs()).containsEntry("odd", "\ufffd");
  }

  @Test
  void unknownMembersAreSkipped() throws IOException {
    ObjectNode node = tree(full());
    node.put("later", 1);
    node.putObject("later_object").putObject("a").put("vars", "x");
    node.putArray("later_array").addObject().put("org", "other");
    assertThat(read(node.toString())).isEqualTo(full());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "generation_id",
        "call_id",
        "org",
        "template_id",
        "decided_at",
        "occurred_at",
        "arm",
        "copy_id",
        "vars",
        "attrs",
        "propensity",
        "policy_version",
        "draw",
        "forced",
        "test",
        "replayed"
      })
  void aMemberThatIsMissingOrNullIsNamed(String member) throws IOException {
    ObjectNode node = tree(full());
    node.putNull(member);
    assertThatThrownBy(() -> read(node.toString()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(member);
    node.remove(member);
    assertThatThrownBy(() -> read(node.toString()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(member);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "org|{}",
        "org|[]",
        "org|7",
        "copy_id|true",
        "decided_at|\"soon\"",
        "decided_at|1.5",
        "occurred_at|1e400",
        "arm|\"other\"",
        "arm|\"TREATMENT\"",
        "vars|\"x\"",
        "vars|[]",
        "vars|{\"a\":null}",
        "vars|{\"a\":1}",
        "vars|{\"a\":{}}",
        "vars_rendered|true",
        "vars_rendered|{\"a\":null}",
        "attrs|3",
        "propensity|0",
        "propensity|1.1",
        "propensity|-0.5",
        "propensity|\"high\"",
        "propensity|\"NaN\"",
        "draw|\"other\"",
        "fallback|\"other\"",
        "fallback|{}",
        "user_id|{}",
        "user_id|7",
        "forced|\"yes\"",
        "forced|1",
        "test|{}"
      })
  void aMemberOfTheWrongTypeIsNamed(String member, String value) throws IOException {
    ObjectNode node = tree(full());
    node.set(member, Json.mapper().readTree(value));
    assertThatThrownBy(() -> read(node.toString()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(member);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{", "{}", "{} {}", "x", "{\"vars\":{"})
  void whatIsNoRecordIsAnError(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(IOException.class);
  }

  private static GenerationRecord full() {
    return new GenerationRecord(
        "6f5a7f0e-6a1b-5d0c-9a43-0c1f7a5be2d1",
        "call-1",
        "acme",
        "welcome",
        1_700_000_000_123L,
        1_690_000_000_000L,
        Optional.of(" u-1 "),
        Optional.of("j-1"),
        Optional.of("production"),
        Optional.of("12"),
        Optional.of("34"),
        Arm.TREATMENT,
        "0f8fad5b-d9cb-469f-a165-70867728950e",
        Map.of("subject", "Hi {{ name }}", "body", "…"),
        Optional.of(Map.of("subject", "Hi O'Brien", "body", "…")),
        Map.of("n", "1.50", "list", "[1,\"a\"]", "quote", "O'Brien \"x\" \n 😀"),
        1.0 / 3,
        "uniform",
        GenerationRecord.Draw.HASH,
        Optional.of(FallbackReason.MISSING_FIELD),
        Optional.of("key-1"),
        true,
        true,
        true);
  }

  private static GenerationRecord minimal() {
    return new GenerationRecord(
        "g",
        "c",
        "acme",
        "welcome",
        0,
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Arm.CONTROL,
        "copy",
        Map.of(),
        Optional.empty(),
        Map.of(),
        1,
        "uniform",
        GenerationRecord.Draw.NONE,
        Optional.empty(),
        Optional.empty(),
        false,
        false,
        false);
  }

  private static ObjectNode tree(GenerationRecord generation) throws IOException {
    return (ObjectNode) Json.mapper().readTree(GenerationRecordJson.write(generation));
  }

  private static GenerationRecord roundTrip(GenerationRecord generation) throws IOException {
    return GenerationRecordJson.read(GenerationRecordJson.write(generation));
  }

  private static GenerationRecord read(String text) throws IOException {
    return GenerationRecordJson.read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(GenerationRecord generation) {
    return new String(GenerationRecordJson.write(generation), StandardCharsets.UTF_8);
  }
}
