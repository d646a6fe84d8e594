package dev.copyloop.serving.hydrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequiredFieldsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      value = {
        "Hello → ",
        "Hi {{ name }} → name",
        "{{ a }} and {{ b }} and {{ a }} → a, b",
        "{{ company.name }} → company.name",
        "{{ company['name'] }} → company.name",
        "{{ tags[0] }} → tags",
        "{{ name | upcase }} → name",
        "{{ name | default: 'you' }} → ",
        "{{ name | default: nick }} → name or nick",
        "{{ name | default: nick | default: 'you' }} → ",
        "{{ 'Hi ' | append: name }} → name",
        "{{ name | default: 'you' | append: suffix }} → suffix",
        "{{ name | default: 'you' | append: '!' }} → ",
        "Hi{{ name | prepend: ' ' | default: ' you' }} → name",
        "{{ 'Hi ' | append: name | default: 'you' }} → name",
        "{% if name %}Hi {{ name }}{% endif %} → ",
        "{% if name %}Hi{% else %}{{ name }}{% endif %} → name",
        "{% if name != blank %}{{ name }}{% endif %} → ",
        "{% if name == blank %}x{% else %}{{ name }}{% endif %} → ",
        "{% if name != '' %}{{ name }}{% endif %} → name",
        "{% if name != null %}{{ name }}{% endif %} → ",
        "{% if name == null %}x{% else %}{{ name }}{% endif %} → ",
        "{% if name == 'x' %}{{ name }}{% endif %} → ",
        "{% if a and b %}{{ a }}{{ b }}{% endif %} → ",
        "{% if a or b %}{{ a }}{{ b }}{% endif %} → a, b",
        "{% if a %}x{% elsif b %}{{ b }}{% else %}{{ c }}{% endif %} → c",
        "{% unless name %}x{% else %}{{ name }}{% endunless %} → ",
        "{% unless name %}{{ name }}{% endunless %} → name",
        "{% case plan %}{% when 'pro' %}{{ plan }}{% else %}{{ plan }}{% endcase %} → plan",
        "{% for item in items %}{{ item.name }}{{ forloop.index }}{% endfor %} → ",
        "{% for item in items %}{{ other }}{% endfor %} → other",
        "{% assign n = name %}{{ n }} → name",
        "{% assign n = name | default: 'x' %}{{ n }} → ",
        "{% assign n = name %}{% if n %}{{ n }}{% endif %} → ",
        "{% if name %}{% assign n = name %}{% else %}{% assign n = 'x' %}{% endif %}{{ n }} → ",
        "{% if name %}{% assign n = name %}{% endif %}{{ n }} → n",
        "{% if name %}{% assign name = nick %}{{ name }}{% endif %} → nick",
        "{% if name %}{% assign name = name | upcase %}{{ name }}{% endif %} → ",
        "{% capture c %}{{ name }}{% endcapture %}{{ c }} → name",
        "{% capture 'c' %}{{ name }}{% endcapture %}{{ c }} → name",
        "{% raw %}{{ name }}{% endraw %} → ",
        "{% comment %}{{ name }}{% endcomment %} → "
      })
  void needsWhatItPrintsWithoutDefaultOrCondition(String text, String needs) {
    assertThat(LiquidText.parse("v", text).requirements().text())
        .isEqualTo(needs == null ? "" : needs);
  }

  /** The analysis is a promise about rendering: what meets the requirements leaves no hole. */
  @Test
  void whatMeetsTheRequirementsLeavesNoHole() {
    List<String> conditions =
        List.of(
            "a",
            "b",
            "a != blank",
            "a == blank",
            "a == nil",
            "b != nil",
            "a == 'x'",
            "a < 5",
            "a > 5",
            "b contains 'x'",
            "a and b",
            "a or b");
    List<String> outputs =
        List.of(
            "{{ a }}",
            "{{ b | upcase }}",
            "{{ a | default: b }}",
            "{{ b | default: 'd' }}",
            "{{ a | append: '' }}");
    List<Map<String, Object>> people =
        List.of(Map.of(), Map.of("a", "x"), Map.of("b", "x"), Map.of("a", "y", "b", "x"));
    int checked = 0;
    for (String condition : conditions) {
      for (String whenTrue : outputs) {
        for (String whenFalse : outputs) {
          for (String tag : List.of("if", "unless")) {
            String text =
                "{% "
                    + tag
                    + " "
                    + condition
                    + " %}<"
                    + whenTrue
                    + ">{% else %}<"
                    + whenFalse
                    + ">{% end"
                    + tag
                    + " %}";
            LiquidText parsed = LiquidText.parse("v", text);
            for (Map<String, Object> person : people) {
              Fields fields = new Fields(person);
              if (parsed.requirements().metBy(fields)) {
                assertThat(parsed.render(fields))
                    .as("%s with %s", text, person)
                    .doesNotContain("<>");
                checked++;
              }
            }
          }
        }
      }
    }
    assertThat(checked).isGreaterThan(500);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abs",
        "absolute_url",
        "append: '!'",
        "at_least: 1",
        "at_most: 1",
        "capitalize",
        "ceil",
        "compact",
        "date: '%Y'",
        "divided_by: 2",
        "downcase",
        "escape",
        "escape_once",
        "first",
        "floor",
        "h",
        "join: ','",
        "json",
        "last",
        "lstrip",
        "map: 'b'",
        "minus: 1",
        "modulo: 2",
        "newline_to_br",
        "plus: 1",
        "prepend: '!'",
        "remove: 'b'",
        "remove_first: 'b'",
        "replace: 'b', 'c'",
        "replace_first: 'b', 'c'",
        "reverse",
        "round",
        "rstrip",
        "size",
        "slice: 0, 1",
        "sort",
        "sort_natural",
        "split: ','",
        "strip",
        "strip_html",
        "strip_newlines",
        "times: 2",
        "truncate: 5",
        "truncatewords: 2",
        "uniq",
        "upcase",
        "url_decode",
        "url_encode",
        "where: 'b', 'c'"
      })
  void aDefaultBehindAFilterCountsWhereItIsPrinted(String filter) {
    LiquidText text = LiquidText.parse("v", "{{ a | " + filter + " | default: 'd' }}");
    assertThat(text.requirements().metBy(Fields.NONE))
        .isEqualTo("d".equals(text.render(Fields.NONE)));
  }
}
