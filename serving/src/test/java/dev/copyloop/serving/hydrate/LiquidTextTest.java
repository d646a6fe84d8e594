package dev.copyloop.serving.hydrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LiquidTextTest {
  @Test
  void rendersNestedValuesAndNumbers() {
    Fields fields =
        new Fields(Map.of("company", Map.of("name", "Acme"), "tags", List.of("a", "b"), "n", "5"));
    assertThat(
            LiquidText.parse("v", "{{ company.name }} {{ tags | first }} {{ n | plus: 1 }}")
                .render(fields))
        .isEqualTo("Acme a 6");
    assertThat(fields.has("company.name")).isTrue();
    assertThat(fields.has("company.city")).isFalse();
    assertThat(fields.has("tags.name")).isFalse();
  }

  @Test
  void aCharacterThatIsCutApartIsReplaced() {
    Fields fields = new Fields(Map.of("name", "a\ud83d\ude00b"));
    assertThat(LiquidText.parse("v", "{{ name | slice: 0, 2 }}{{ name }}").render(fields))
        .isEqualTo("a\ufffda\ud83d\ude00b");
  }

  /** Around a text that prints nothing but fields, a tag leads to Liquid itself. */
  @Test
  void plainOutputsPrintWhatLiquidPrints() {
    List<String> texts =
        List.of(
            "{{ a }}",
            "Hi {{a}}, {{ b | default: 'you' }}!",
            "{{ a | default: \"it's\" }}{{ a.b | default:'' }}",
            "{{ a.b }} {{ a.b.c | default: 'x' }}",
            "{{ size }}{{ a.size }}{{ a.first }}{{ nil | default: 'y' }}",
            "{{ A }}{{\ta\t}}{{ true }}",
            "{{ a | default: '{{' }}",
            "} {{ a }} }} { ");
    List<Object> values =
        List.of(
            "x",
            " ",
            "",
            "{{ b }}",
            5,
            true,
            false,
            List.of(),
            List.of("p", "q"),
            Map.of(),
            Map.of("b", "in"),
            Map.of("b", ""),
            Map.of("b", Map.of("c", "deep")));
    for (String text : texts) {
      LiquidText plain = LiquidText.parse("v", text);
      LiquidText liquid = LiquidText.parse("v", "{% if true %}" + text + "{% endif %}");
      for (Object value : values) {
        for (Map<String, Object> person :
            List.of(Map.<String, Object>of(), Map.of("a", value), Map.of("b", value, "a", "x"))) {
          assertThat(plain.render(new Fields(person)))
              .as("%s with %s", text, person)
              .isEqualTo(liquid.render(new Fields(person)));
        }
      }
    }
  }

  @Test
  void loopsAndOutputAreBounded() {
    LiquidText loop = LiquidText.parse("v", "{% for i in (1..1000000) %}x{% endfor %}");
    assertThatThrownBy(() -> loop.render(Fields.NONE)).isInstanceOf(RenderFailedException.class);
    LiquidText doubling =
        LiquidText.parse(
            "v",
            "{% assign a = 'aaaaaaaaaaaaaaaa' %}{% for i in (1..40) %}{% assign a = a | append: a"
                + " %}{% endfor %}{{ a }}");
    assertThatThrownBy(() -> doubling.render(Fields.NONE))
        .isInstanceOf(RenderFailedException.class);
  }

  @Test
  void filesCanNotBeIncluded() {
    for (String text :
        List.of("{% include 'x' %}", "{% include_relative x %}", "{% render 'x' %}")) {
      assertThatThrownBy(() -> LiquidText.parse("v", text))
          .isInstanceOf(InvalidLiquidException.class);
    }
  }

  @Test
  void concurrentRendersDoNotMixPeople() throws InterruptedException, ExecutionException {
    LiquidText text =
        LiquidText.parse(
            "v",
            "{% assign n = name | upcase %}{% for i in (1..3) %}{{ n }}{{ name }}{% endfor %}");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Boolean>> results =
          IntStream.range(0, 4)
              .mapToObj(
                  thread ->
                      threads.submit(
                          () -> {
                            String name = "p" + thread;
                            String expected = ("P" + thread + name).repeat(3);
                            Fields fields = new Fields(Map.of("name", name));
                            return IntStream.range(0, 2_000)
                                .allMatch(i -> text.render(fields).equals(expected));
                          }))
              .toList();
      for (Future<Boolean> result : results) {
        assertThat(result.get()).isTrue();
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void mentionedFieldsLeaveOutItsOwnVariables() {
    assertThat(
            LiquidText.parse(
                    "v",
                    "{% assign x = a %}{% for i in items %}{{ i }}{{ x }}{{ b | default: c }}{%"
                        + " endfor %}")
                .fields())
        .isEqualTo(Set.of("a", "items", "b", "c"));
  }
}
