package dev.copyloop.serving.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.serving.hydrate.Fields;
import dev.copyloop.serving.hydrate.LiquidText;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GenerateRequestParserTest {
  private static GenerateRequest parse(String body) {
    return GenerateRequestParser.parse(body.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\" Pro \" | ` Pro `",
        "5 | 5",
        "1.50 | 1.50",
        "1e5 | 1e5",
        "-0 | -0",
        "true | true",
        "{ \"b\" : 1.0, \"a\" : [ null , \"x\" ] } | {\"b\":1.0,\"a\":[null,\"x\"]}",
        "{\"a\":1,\"a\":2} | {\"a\":2}",
        "[] | []",
        "\"\\u00e9\" | é",
        "\"\\ud800\" | \uFFFD",
        "\"\\ud83d\\ude00\" | 😀"
      })
  void recordsValuesAsTheyWereWritten(String json, String recorded) {
    assertThat(parse("{\"attrs\":{\"x\":" + json + "}}").attrs())
        .containsExactly(Map.entry("x", recorded));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"\"", "\"  \"", "\"\\t\\n\""})
  void blankAndNullAreAbsentEverywhere(String absent) {
    GenerateRequest request =
        parse(
            "{\"template_id\":\"t\",\"user_id\":%1$s,\"tracking_id\":%1$s,\"attrs\":{\"a\":%1$s},\"fields\":{\"f\":%1$s}}"
                .formatted(absent));
    assertThat(request.userId()).isEmpty();
    assertThat(request.trackingId()).isEmpty();
    assertThat(request.attrs()).isEmpty();
    assertThat(request.matching()).isEmpty();
    assertThat(request.fields().values()).isEmpty();
    assertThat(request.malformed()).isFalse();
    assertThat(parse("{\"attrs\":" + absent + ",\"fields\":" + absent + "}").malformed()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"\"", "\"  \""})
  void blankAndNullLeaveNoHoleInsideOfFields(String absent) {
    String copy =
        "Hi {{ c.name | default: 'you' }}{% if c.name %} {{ c.name }}{% endif %}"
            + "{% for tag in c.tags %}, {{ tag | default: 'none' }}{% endfor %}";
    String fields =
        "{\"c\":{\"name\":\"Ann\",\"name\":%1$s,\"tags\":[\"a\",%1$s]}}".formatted(absent);
    assertThat(LiquidText.parse("v", copy).render(parse("{\"fields\":" + fields + "}").fields()))
        .isEqualTo("Hi you, a, none");
    assertThat(parse("{\"attrs\":{\"c\":[" + absent + "]}}").attrs())
        .as("what is recorded stays as it was sent")
        .containsExactly(Map.entry("c", "[" + absent + "]"));
  }

  /** Each of these would take minutes, or the whole memory, as a number. */
  @ParameterizedTest
  @ValueSource(strings = {"1e99999999", "-1E-99999999", "1e99999999999"})
  void aNumberThatCanNotBeComputedWithIsPrintedAsWritten(String number) {
    String copy = "{% if c.n == 5 %}five{% endif %}{{ c.n }}";
    Fields fields = parse("{\"fields\":{\"c\":{\"n\":" + number + "}}}").fields();
    assertThat(fields.values()).containsEntry("c", Map.of("n", number));
    assertThat(LiquidText.parse("v", copy).render(fields)).isEqualTo(number);
  }

  @Test
  void theLastOfDuplicateKeysWins() {
    GenerateRequest request =
        parse(
            "{\"user_id\":\"a\",\"user_id\":\"b\",\"attrs\":{\"x\":\"1\"},\"attrs\":{\"y\":\"1\",\"y\":\"2\",\"z\":\"1\",\"z\":null}}");
    assertThat(request.userId()).hasValue("b");
    assertThat(request.attrs()).containsExactly(Map.entry("y", "2"));
  }

  @Test
  void matchingIsInLowerCase() {
    GenerateRequest request = parse("{\"attrs\":{\"Plan\":\"PRO ÄÖ\",\"o\":{\"K\":\"V\"}}}");
    assertThat(request.matching())
        .containsEntry("Plan", "pro äö")
        .containsEntry("o", "{\"k\":\"v\"}");
    assertThat(request.attrs()).containsEntry("Plan", "PRO ÄÖ");
  }

  @Test
  void fieldsPrintAsTheyWereWrittenAndCompute() {
    GenerateRequest request =
        parse("{\"fields\":{\"n\":1.50,\"i\":7,\"c\":{\"d\":[1,2]},\"t\":true}}");
    assertThat(
            LiquidText.parse("v", "{{ n }} {{ i | plus: 1 }} {{ c.d | last }} {{ t }}")
                .render(request.fields()))
        .isEqualTo("1.50 8 2 true");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"template_id\":\"welcome\",\"user_id\":\"u\",\"tracking_id\":\"j\",\"attrs\":{\"n\":\"O\"Brien\"}}",
        "{\"template_id\":\"welcome\",\"user_id\":\"u\",\"tracking_id\":\"j\",\"attrs\":{\"n\":",
        "{\"template_id\":\"welcome\",\"user_id\":\"u\",\"tracking_id\":\"j\",\"attrs\":\"text\"}",
        "{\"template_id\":\"welcome\",\"user_id\":\"u\",\"tracking_id\":\"j\"} trailing",
        "{\"template_id\":\"welcome\",\"user_id\":\"u\",\"tracking_id\":\"j\",}"
      })
  void aBrokenBodyGivesWhatStandsBeforeTheBreak(String body) {
    GenerateRequest request = parse(body);
    assertThat(request.malformed()).isTrue();
    assertThat(request.templateId()).hasValue("welcome");
    assertThat(request.userId()).hasValue("u");
    assertThat(request.trackingId()).hasValue("j");
    assertThat(request.attrs()).isEmpty();
  }

  @Test
  void theTemplateIsFoundAlsoBehindTheBreak() {
    assertThat(parse("{\"user_id\":\"O\"Brien\", \"template_id\" : \"welcome\"}").templateId())
        .hasValue("welcome");
    assertThat(parse("{\"user_id\":\"O\"Brien\"}").templateId()).isEmpty();
  }

  @Test
  void anyObjectOfScalarsIsReadBack() {
    Random random = new Random(7);
    List<String> texts =
        List.of("x", "Ünï", "\"quoted\"", "back\\slash", "new\nline", "\u2028x", "😀", "{{ x }}");
    for (int round = 0; round < 5_000; round++) {
      ObjectNode attrs = Json.mapper().createObjectNode();
      Map<String, String> expected = new HashMap<>();
      for (int i = random.nextInt(6); i > 0; i--) {
        String name = texts.get(random.nextInt(texts.size())) + i;
        switch (random.nextInt(4)) {
          case 0 -> attrs.put(name, texts.get(random.nextInt(texts.size())));
          case 1 -> attrs.put(name, random.nextLong());
          case 2 -> attrs.put(name, random.nextBoolean());
          default -> attrs.putNull(name);
        }
        if (!attrs.get(name).isNull()) {
          expected.put(name, attrs.get(name).asText());
        }
      }
      ObjectNode body = Json.mapper().createObjectNode().put("template_id", "t");
      body.set("attrs", attrs);
      assertThat(parse(body.toString()).attrs()).isEqualTo(expected);
    }
  }

  @Test
  void noBytesBreakIt() {
    Random random = new Random(11);
    byte[] good =
        "{\"template_id\":\"t\",\"attrs\":{\"a\":[1,{\"b\":\"c\"}]},\"test\":true}"
            .getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 20_000; round++) {
      byte[] body = good.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      }
      assertThat(GenerateRequestParser.parse(body)).isNotNull();
    }
  }
}
