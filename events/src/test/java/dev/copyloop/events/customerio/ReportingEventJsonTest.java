package dev.copyloop.events.customerio;

import static dev.copyloop.events.customerio.ReportingMember.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.events.lake.InvalidEventException;
import dev.copyloop.events.lake.QuarantineReason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportingEventJsonTest {

  static List<JsonNode> samples() throws IOException {
    List<JsonNode> samples = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                ReportingEventJsonTest.class.getResourceAsStream("/customerio-webhooks.jsonl"),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        samples.add(Json.mapper().readTree(line).get("body"));
      }
    }
    return samples;
  }

  @Test
  void readsEverySample() throws IOException {
    assertThat(samples()).hasSize(243);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void losesNoMemberOfASample(JsonNode body) throws IOException {
    ReportingEvent event =
        ReportingEventJson.read(body.toString().getBytes(StandardCharsets.UTF_8));
    JsonNode extra = Json.mapper().readTree(event.extra().orElse("{}"));

    body.properties()
        .forEach(
            member -> {
              if (!member.getKey().equals("data")) {
                String name =
                    member.getKey().equals("object_type_type") ? "object_type" : member.getKey();
                assertIn(event, extra, name, member.getKey(), member.getValue());
              }
            });
    body.get("data")
        .properties()
        .forEach(
            member -> {
              if (!member.getKey().equals("identifiers")) {
                assertIn(
                    event, extra.path("data"), member.getKey(), member.getKey(), member.getValue());
              }
            });
    body.get("data")
        .get("identifiers")
        .properties()
        .forEach(
            member ->
                assertIn(
                    event,
                    extra.path("data"),
                    "person_" + member.getKey(),
                    "identifiers." + member.getKey(),
                    member.getValue()));
  }

  private static void assertIn(
      ReportingEvent event, JsonNode extra, String label, String name, JsonNode value) {
    for (ReportingMember member : ReportingMember.values()) {
      if (member.label().equals(label)) {
        boolean absent = value.isNull() || value.asText().isBlank();
        assertThat(event.text(member).orElse(null)).isEqualTo(absent ? null : value.asText());
        return;
      }
    }
    assertThat(extra.get(name)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "42, 42",
    "\"42\", 42",
    "12345678901234567890, 12345678901234567890",
    "1.50, 1.50",
    "true, true"
  })
  void readsAnIdAsTextWhateverItsType(String json, String text) throws IOException {
    ReportingEvent event = read("{'metric':'sent','data':{'action_id':" + json + "}}");

    assertThat(event.text(ACTION_ID)).contains(text);
    assertThat(event.extra()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "''", "'  '"})
  void takesBlankAndNullAsAbsent(String json) throws IOException {
    ReportingEvent event =
        read("{'metric':'sent','data':{'customer_id':" + json + ",'identifiers':{'id':null}}}");

    assertThat(event.text(CUSTOMER_ID)).isEmpty();
    assertThat(event.text(PERSON_ID)).isEmpty();
    assertThat(event.extra()).isEmpty();
  }

  @Test
  void needsNothingButAMetric() throws IOException {
    assertThat(read("{'metric':'sent'}").text(METRIC)).contains("sent");
    assertThat(read("{'metric':'sent','data':null}").extra()).contains("{\"data\":null}");
    assertProblem("{}", QuarantineReason.MISSING_MEMBER);
    assertProblem("{'metric':null}", QuarantineReason.MISSING_MEMBER);
    assertProblem("{'metric':''}", QuarantineReason.MISSING_MEMBER);
    assertProblem("{'metric':{'a':1}}", QuarantineReason.MISSING_MEMBER);
  }

  @Test
  void readsTheObjectTypeUnderItsOtherName() throws IOException {
    ReportingEvent event = read("{'metric':'x','object_type_type':'email'}");

    assertThat(event.text(OBJECT_TYPE)).contains("email");
    assertThat(event.extra()).isEmpty();
  }

  @Test
  void readsFlagsAndLeavesAbsentOnesUnknown() throws IOException {
    ReportingEvent event =
        read("{'metric':'opened','data':{'prefetched':true,'proxied':'false','machine':3}}");

    assertThat(event.flag(PREFETCHED)).contains(true);
    assertThat(event.flag(PROXIED)).contains(false);
    assertThat(event.flag(SYNTHETIC)).isEmpty();
    assertThat(event.flag(MACHINE)).isEmpty();
    assertThat(event.extra()).contains("{\"data\":{\"machine\":3}}");
    assertThatThrownBy(() -> event.flag(METRIC)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keepsUnknownMembersSortedAndValueForValue() throws IOException {
    ReportingEvent event =
        read(
            "{'z':[1, 2.50,{'b':null}],'metric':'sent','a':'ü\\n','data':{'to':1e30,"
                + "'identifiers':{'id':'p','legacy':7},'recipients':[]}}");

    assertThat(event.extra())
        .contains(
            ("{'a':'ü\\n','data':{'identifiers.legacy':7,'recipients':[],'to':1E+30},"
                    + "'z':[1,2.50,{'b':null}]}")
                .replace('\'', '"'));
  }

  @Test
  void keepsAMemberWhoseTypeItsMeaningExcludes() throws IOException {
    ReportingEvent event =
        read("{'metric':'sent','data':{'subject':{'de':'Hallo'},'identifiers':'p-1'}}");

    assertThat(event.text(SUBJECT)).isEmpty();
    assertThat(event.extra())
        .contains("{\"data\":{\"identifiers\":\"p-1\",\"subject\":{\"de\":\"Hallo\"}}}");
  }

  @Test
  void letsTheLastOfDuplicateMembersWin() throws IOException {
    ReportingEvent event =
        read("{'metric':'sent','metric':'opened','x':1,'x':2,'data':{'href':'a','href':null}}");

    assertThat(event.text(METRIC)).contains("opened");
    assertThat(event.text(HREF)).isEmpty();
    assertThat(event.extra()).contains("{\"x\":2}");
  }

  @Test
  void saysWhyABodyIsNoEvent() {
    assertProblem("", QuarantineReason.INVALID_MEMBER);
    assertProblem("[]", QuarantineReason.INVALID_MEMBER);
    assertProblem("'text'", QuarantineReason.INVALID_MEMBER);
    assertProblem("not json", QuarantineReason.NOT_JSON);
    assertProblem("{'metric':'sent'", QuarantineReason.NOT_JSON);
    assertProblem("{'metric':'sent'} {}", QuarantineReason.NOT_JSON);
    assertProblem("{'metric':'sent','a':" + "[".repeat(10_000), QuarantineReason.NOT_JSON);
  }

  @Test
  void namesNoPersonInItsProblemOrItsText() throws IOException {
    assertThatThrownBy(() -> read("{'metric':'sent','data':{'recipient':'p@example.test"))
        .hasMessageNotContaining("p@example.test");
    assertThat(read("{'metric':'sent','data':{'recipient':'p@example.test'}}").toString())
        .doesNotContain("p@example.test");
  }

  private static void assertProblem(String body, QuarantineReason reason) {
    assertThatThrownBy(() -> read(body))
        .isInstanceOfSatisfying(
            InvalidEventException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static ReportingEvent read(String json) throws IOException {
    return ReportingEventJson.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
