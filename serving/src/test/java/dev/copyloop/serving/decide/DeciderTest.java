package dev.copyloop.serving.decide;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.copyloop.events.generation.FallbackReason;
import dev.copyloop.events.generation.GenerationRecord.Draw;
import dev.copyloop.events.json.Json;
import dev.copyloop.events.settings.Channel;
import dev.copyloop.events.settings.Template;
import dev.copyloop.events.settings.Variant;
import dev.copyloop.serving.hydrate.Fields;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeciderTest {
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

  private static Variant variant(int number, Variant.Status status, String filter, String text) {
    try {
      Optional<JsonNode> rule =
          filter == null ? Optional.empty() : Optional.of(Json.mapper().readTree(filter));
      return new Variant(
          "00000000-0000-4000-8000-%012d".formatted(number),
          "v" + number,
          status,
          rule,
          List.of(new Variant.Texts(Instant.EPOCH, Map.of("subject", text))));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static CompiledTemplate template(Variant... variants) {
    return CompiledTemplate.of(
        new Template(
            "t",
            Channel.EMAIL,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(variants),
            List.of()));
  }

  private static Question person(
      int number, Map<String, String> attributes, Map<String, Object> fields) {
    return new Question(
        "acme",
        Optional.of("u" + number),
        Optional.of("j" + number),
        attributes,
        new Fields(fields));
  }

  @Test
  void drawsEachEligibleVariantAsOftenAsItsPropensitySays() {
    List<Variant> variants = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      variants.add(variant(i, Variant.Status.ACTIVE, null, "text " + i));
    }
    CompiledTemplate template = template(variants.toArray(Variant[]::new));
    int people = 50_000;
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < people; i++) {
      Decision decision = Decider.decide(template, person(i, Map.of(), Map.of()), NOW);
      assertThat(decision.propensity()).isEqualTo(0.2);
      assertThat(decision.draw()).isEqualTo(Draw.HASH);
      counts.merge(decision.variant().copyId(), 1, Integer::sum);
    }
    double expected = people / 5.0;
    double chiSquare =
        counts.values().stream()
            .mapToDouble(count -> (count - expected) * (count - expected) / expected)
            .sum();
    // The 99.99 % point of chi-square with 4 degrees of freedom; the people are always the same.
    assertThat(counts).hasSize(5);
    assertThat(chiSquare).isLessThan(23.5);
  }

  @Test
  void theSamePersonAndJourneyDrawTheSame() {
    CompiledTemplate template =
        template(
            variant(1, Variant.Status.ACTIVE, null, "a"),
            variant(2, Variant.Status.ACTIVE, null, "b"));
    for (int i = 0; i < 100; i++) {
      Question question = person(i, Map.of(), Map.of());
      assertThat(Decider.decide(template, question, NOW))
          .isEqualTo(Decider.decide(template, question, NOW));
    }
  }

  @Test
  void aPersonWithoutAnyIdIsDrawnAtRandomAndMarked() {
    CompiledTemplate template =
        template(
            variant(1, Variant.Status.ACTIVE, null, "a"),
            variant(2, Variant.Status.ACTIVE, null, "b"));
    Question nobody =
        new Question("acme", Optional.empty(), Optional.empty(), Map.of(), Fields.NONE);
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < 200; i++) {
      Decision decision = Decider.decide(template, nobody, NOW);
      assertThat(decision.draw()).isEqualTo(Draw.RANDOM);
      counts.merge(decision.variant().copyId(), 1, Integer::sum);
    }
    assertThat(counts).hasSize(2);
  }

  @Test
  void onlyTheEligibleAreInTheDrawAndInThePropensity() {
    CompiledTemplate template =
        template(
            variant(1, Variant.Status.ACTIVE, null, "everybody"),
            variant(2, Variant.Status.ACTIVE, "{\"attr\":\"plan\",\"eq\":\"pro\"}", "pro"),
            variant(3, Variant.Status.ACTIVE, null, "Hi {{ name }}"),
            variant(4, Variant.Status.PAUSED, null, "paused"));
    assertThat(Decider.decide(template, person(1, Map.of(), Map.of()), NOW).propensity())
        .isEqualTo(1);
    assertThat(
            Decider.decide(template, person(1, Map.of("plan", "pro"), Map.of()), NOW).propensity())
        .isEqualTo(0.5);
    assertThat(
            Decider.decide(template, person(1, Map.of("plan", "pro"), Map.of("name", "Ann")), NOW)
                .propensity())
        .isEqualTo(1.0 / 3);
  }

  @Test
  void theFallbackIsAlwaysACopyAndSaysWhy() {
    CompiledTemplate template =
        template(
            variant(1, Variant.Status.ACTIVE, "{\"attr\":\"plan\",\"eq\":\"free\"}", "fallback"),
            variant(
                2, Variant.Status.ACTIVE, "{\"attr\":\"plan\",\"eq\":\"pro\"}", "Hi {{ name }}"));
    Decision nobodyAdmitted =
        Decider.decide(template, person(1, Map.of("plan", "team"), Map.of()), NOW);
    assertThat(nobodyAdmitted.fallback()).hasValue(FallbackReason.NO_ELIGIBLE_VARIANT);
    assertThat(nobodyAdmitted.rendered()).containsValue("fallback");
    Decision nameMissing =
        Decider.decide(template, person(1, Map.of("plan", "pro"), Map.of()), NOW);
    assertThat(nameMissing.fallback()).hasValue(FallbackReason.MISSING_FIELD);
    assertThat(nameMissing.rendered()).containsValue("fallback");
    Decision forced = Decider.forced(template, template.active().get(1), Fields.NONE);
    assertThat(forced.fallback()).hasValue(FallbackReason.MISSING_FIELD);
  }

  @Test
  void aVariantThatFailsToRenderIsReplaced() {
    CompiledTemplate template =
        template(
            variant(1, Variant.Status.ACTIVE, "{\"attr\":\"a\",\"exists\":true}", "fallback"),
            variant(2, Variant.Status.ACTIVE, null, "{% for i in (1..100000) %}x{% endfor %}"));
    Decision decision = Decider.decide(template, person(1, Map.of(), Map.of()), NOW);
    assertThat(decision.fallback()).hasValue(FallbackReason.RENDER_FAILED);
    assertThat(decision.rendered()).containsValue("fallback");
  }

  @Test
  void theHashIsTheSameEverywhere() {
    // printf '\0\0\0\4acme\0\0\0\1t\0\0\0\2u1\0\0\0\2j1' | sha256sum
    assertThat(Long.toHexString(DrawHash.of("acme", "t", "u1", "j1")))
        .isEqualTo("c3af6f6c156f6a30");
    assertThat(DrawHash.of("a", "bc", "", "")).isNotEqualTo(DrawHash.of("ab", "c", "", ""));
    assertThat(DrawHash.unit(-1L)).isLessThan(1);
    assertThat(DrawHash.unit(0)).isZero();
  }
}
