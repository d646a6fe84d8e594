package dev.copyloop.serving.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.copyloop.events.json.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterCompilerTest {
  private static final List<String> NAMES = List.of("plan", "age", "city");
  private static final List<String> VALUES =
      List.of("pro", "Pro", "5", "18", "64.5", "berlin", "ber", "true");

  private static boolean admits(String filter, Map<String, String> attributes) throws IOException {
    return FilterCompiler.compile(Json.mapper().readTree(filter)).admits(attributes);
  }

  @Test
  void comparesInLowerCase() throws IOException {
    assertThat(admits("{\"attr\":\"plan\",\"eq\":\"PRO\"}", Map.of("plan", "pro"))).isTrue();
    assertThat(admits("{\"attr\":\"plan\",\"in\":[\"Team\",7]}", Map.of("plan", "7"))).isTrue();
    assertThat(admits("{\"attr\":\"city\",\"prefix\":\"BER\"}", Map.of("city", "berlin"))).isTrue();
    assertThat(admits("{\"attr\":\"vip\",\"eq\":true}", Map.of("vip", "true"))).isTrue();
  }

  @Test
  void rangesIncludeTheirStartAndExcludeTheirEnd() throws IOException {
    String filter = "{\"attr\":\"age\",\"range\":{\"from\":18,\"to\":65}}";
    assertThat(admits(filter, Map.of("age", "18"))).isTrue();
    assertThat(admits(filter, Map.of("age", "64.999"))).isTrue();
    assertThat(admits(filter, Map.of("age", "65"))).isFalse();
    assertThat(admits(filter, Map.of("age", "1.8e1"))).isTrue();
    for (String text : List.of("", "abc", "nan", "0x20", "20f", "infinity", "1e", "-")) {
      assertThat(admits(filter, Map.of("age", text))).as(text).isFalse();
    }
  }

  @Test
  void anAbsentAttributePassesOnlyTheTestForItsAbsence() throws IOException {
    assertThat(admits("{\"attr\":\"x\",\"exists\":false}", Map.of())).isTrue();
    assertThat(admits("{\"attr\":\"x\",\"exists\":true}", Map.of())).isFalse();
    assertThat(admits("{\"attr\":\"x\",\"eq\":\"a\"}", Map.of())).isFalse();
    assertThat(admits("{\"attr\":\"x\",\"prefix\":\"a\"}", Map.of())).isFalse();
    assertThat(admits("{\"attr\":\"x\",\"range\":{\"from\":0}}", Map.of())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "\"x\"",
        "{\"all\":[]}",
        "{\"all\":{}}",
        "{\"any\":[1]}",
        "{\"not\":[]}",
        "{\"all\":[{\"attr\":\"a\",\"eq\":1}],\"any\":[]}",
        "{\"attr\":\"a\"}",
        "{\"attr\":1,\"eq\":1}",
        "{\"attr\":\"a\",\"eq\":null}",
        "{\"attr\":\"a\",\"eq\":[]}",
        "{\"attr\":\"a\",\"like\":\"x\"}",
        "{\"attr\":\"a\",\"eq\":1,\"in\":[1]}",
        "{\"attr\":\"a\",\"in\":[]}",
        "{\"attr\":\"a\",\"range\":{}}",
        "{\"attr\":\"a\",\"range\":{\"from\":2,\"to\":1}}",
        "{\"attr\":\"a\",\"range\":{\"from\":\"1\"}}",
        "{\"attr\":\"a\",\"exists\":1}",
        "{\"attr\":\"a\",\"prefix\":\"\"}"
      })
  void whatIsNoFilterIsRefused(String filter) {
    assertThatThrownBy(() -> FilterCompiler.compile(Json.mapper().readTree(filter)))
        .isInstanceOf(InvalidFilterException.class);
  }

  @Test
  void nestingIsBounded() {
    String deep = "{\"not\":".repeat(20) + "{\"attr\":\"a\",\"eq\":1}" + "}".repeat(20);
    assertThatThrownBy(() -> FilterCompiler.compile(Json.mapper().readTree(deep)))
        .hasMessageContaining("16");
  }

  @Test
  void compiledFiltersAgreeWithTheirMeaning() {
    Random random = new Random(20261103);
    int admitted = 0;
    for (int round = 0; round < 20_000; round++) {
      JsonNode filter = randomFilter(random, 3);
      Map<String, String> attributes = new HashMap<>();
      for (String name : NAMES) {
        if (random.nextInt(3) > 0) {
          attributes.put(name, VALUES.get(random.nextInt(VALUES.size())).toLowerCase(Locale.ROOT));
        }
      }
      boolean expected = meaning(filter, attributes);
      assertThat(FilterCompiler.compile(filter).admits(attributes))
          .as("%s of %s", filter, attributes)
          .isEqualTo(expected);
      admitted += expected ? 1 : 0;
    }
    assertThat(admitted).isBetween(2_000, 18_000);
  }

  private static JsonNode randomFilter(Random random, int depth) {
    ObjectNode filter = Json.mapper().createObjectNode();
    switch (depth == 0 ? 3 : random.nextInt(6)) {
      case 0 -> parts(filter.putArray("all"), random, depth);
      case 1 -> parts(filter.putArray("any"), random, depth);
      case 2 -> filter.set("not", randomFilter(random, depth - 1));
      default -> test(filter.put("attr", NAMES.get(random.nextInt(NAMES.size()))), random);
    }
    return filter;
  }

  private static void parts(ArrayNode parts, Random random, int depth) {
    for (int i = random.nextInt(3); i >= 0; i--) {
      parts.add(randomFilter(random, depth - 1));
    }
  }

  private static void test(ObjectNode filter, Random random) {
    String value = VALUES.get(random.nextInt(VALUES.size()));
    switch (random.nextInt(5)) {
      case 0 -> filter.put("eq", value);
      case 1 -> filter.putArray("in").add(value).add(VALUES.get(random.nextInt(VALUES.size())));
      case 2 -> filter.put("prefix", value.substring(0, 1));
      case 3 ->
          filter
              .putObject("range")
              .put("from", random.nextInt(20))
              .put("to", 20 + random.nextInt(60));
      default -> filter.put("exists", random.nextBoolean());
    }
  }

  private static boolean meaning(JsonNode filter, Map<String, String> attributes) {
    if (filter.has("all")) {
      boolean all = true;
      for (JsonNode part : filter.get("all")) {
        all &= meaning(part, attributes);
      }
      return all;
    }
    if (filter.has("any")) {
      boolean any = false;
      for (JsonNode part : filter.get("any")) {
        any |= meaning(part, attributes);
      }
      return any;
    }
    if (filter.has("not")) {
      return !meaning(filter.get("not"), attributes);
    }
    String actual = attributes.get(filter.get("attr").asText());
    if (filter.has("exists")) {
      return filter.get("exists").asBoolean() == (actual != null);
    }
    if (actual == null) {
      return false;
    }
    if (filter.has("eq")) {
      return filter.get("eq").asText().equalsIgnoreCase(actual);
    }
    if (filter.has("prefix")) {
      return actual.regionMatches(
          true, 0, filter.get("prefix").asText(), 0, filter.get("prefix").asText().length());
    }
    if (filter.has("in")) {
      boolean in = false;
      for (JsonNode value : filter.get("in")) {
        in |= value.asText().equalsIgnoreCase(actual);
      }
      return in;
    }
    return actual.matches("[0-9.]+")
        && new BigDecimal(actual).compareTo(filter.at("/range/from").decimalValue()) >= 0
        && new BigDecimal(actual).compareTo(filter.at("/range/to").decimalValue()) < 0;
  }
}
