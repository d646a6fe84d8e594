package dev.copyloop.serving.hydrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      value = {
        "{% assign name = name | default: 'you' %}{{ name }} → name",
        "{% capture name %}{{ name }}{{ nick }}{% endcapture %}{{ name }} → name,nick",
        "{% capture 'c' %}x{% endcapture %}{{ c }} → ",
        "{% assign n = 'x' %}{{ n }}{{ company.name }} → company",
        "{% for item in items %}{{ item.name }}{{ forloop.index }}{% endfor %} → items",
        "{% if name != null %}{{ name }}{% endif %} → name"
      })
  void mentionsTheFieldsThatItDoesNotSetBefore(String text, String fields) {
    assertThat(String.join(",", LiquidText.parse("v", text).fields()))
        .isEqualTo(fields == null ? "" : fields);
  }

  @Test
  void aListHasWhatLiquidFindsInIt() {
    Fields fields =
        new Fields(Map.of("tags", List.of(Map.of("name", "a"), "b"), "none", List.of()));
    assertThat(
            List.of("tags", "tags.size", "tags.last", "tags.first.name").stream()
                .filter(fields::has))
        .hasSize(4);
    assertThat(
            List.of("tags.first.city", "tags.last.name", "none", "none.first").stream()
                .filter(fields::has))
        .isEmpty();
  }
}
