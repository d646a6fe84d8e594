package dev.copyloop.serving.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.copyloop.events.generation.Arm;
import dev.copyloop.events.generation.FallbackReason;
import dev.copyloop.events.settings.Channel;
import dev.copyloop.events.settings.Split;
import dev.copyloop.events.settings.Template;
import dev.copyloop.events.settings.Variant;
import dev.copyloop.serving.hydrate.Fields;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SplitTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final int PEOPLE = 20_000;

  private static Variant variant(String copyId) {
    return new Variant(
        copyId,
        copyId,
        Variant.Status.ACTIVE,
        Optional.empty(),
        List.of(new Variant.Texts(Instant.EPOCH, Map.of("subject", copyId))));
  }

  private static CompiledTemplate template(Split... splits) {
    return CompiledTemplate.of(
        new Template(
            "t",
            Channel.EMAIL,
            Optional.empty(),
            Optional.of("control"),
            List.of(splits),
            List.of(variant("a"), variant("b"), variant("control")),
            List.of()));
  }

  private static CompiledTemplate template(Split.Mode mode, String share) {
    return template(new Split(START, mode, new BigDecimal(share)));
  }

  private static Question person(int user, int journey) {
    return new Question(
        "acme", Optional.of("u" + user), Optional.of("j" + journey), Map.of(), Fields.NONE);
  }

  private static Set<Integer> control(CompiledTemplate template) {
    Set<Integer> control = new HashSet<>();
    for (int i = 0; i < PEOPLE; i++) {
      if (Decider.decide(template, person(i, i), NOW).arm() == Arm.CONTROL) {
        control.add(i);
      }
    }
    return control;
  }

  @ParameterizedTest
  @EnumSource(names = {"PERSISTENT", "RANDOM"})
  void controlHasItsShareAndItsCopy(Split.Mode mode) {
    CompiledTemplate template = template(mode, "0.2");
    // Five standard deviations; the people are always the same.
    assertThat(control(template).size()).isCloseTo(PEOPLE / 5, within(283));
    for (int i = 0; i < 1_000; i++) {
      Decision decision = Decider.decide(template, person(i, i), NOW);
      boolean isControl = decision.arm() == Arm.CONTROL;
      assertThat(decision.variant().copyId().equals("control")).isEqualTo(isControl);
      assertThat(decision.propensity()).isEqualTo(isControl ? 0.2 : 0.8 * 0.5);
      assertThat(decision.fallback()).isEmpty();
    }
  }

  /** The probabilities of all that may happen to a person are 1 together. */
  @Test
  void propensitiesAddUp() {
    CompiledTemplate template = template(Split.Mode.RANDOM, "0.35");
    Map<String, Double> byCopy = new HashMap<>();
    for (int i = 0; i < 200; i++) {
      Decision decision = Decider.decide(template, person(i, i), NOW);
      byCopy.put(decision.variant().copyId(), decision.propensity());
    }
    assertThat(byCopy).containsOnlyKeys("a", "b", "control");
    assertThat(byCopy.values().stream().mapToDouble(p -> p).sum()).isCloseTo(1, within(1e-12));
  }

  @Test
  void aPersistentSplitKeepsArmAndCopyInEveryJourney() {
    CompiledTemplate persistent = template(Split.Mode.PERSISTENT, "0.5");
    CompiledTemplate random = template(Split.Mode.RANDOM, "0.5");
    int moved = 0;
    for (int user = 0; user < 200; user++) {
      assertThat(Decider.decide(persistent, person(user, 1), NOW))
          .isEqualTo(Decider.decide(persistent, person(user, 2), NOW));
      assertThat(Decider.decide(random, person(user, 1), NOW))
          .isEqualTo(Decider.decide(random, person(user, 1), NOW));
      if (Decider.decide(random, person(user, 1), NOW).arm()
          != Decider.decide(random, person(user, 2), NOW).arm()) {
        moved++;
      }
    }
    assertThat(moved).isBetween(65, 135);
  }

  @ParameterizedTest
  @EnumSource(names = {"PERSISTENT", "RANDOM"})
  void anotherShareMovesOnlyThoseBetween(Split.Mode mode) {
    CompiledTemplate before = template(mode, "0.2");
    CompiledTemplate after = template(mode, "0.3");
    assertThat(control(after)).containsAll(control(before));
    for (int i = 0; i < 2_000; i++) {
      Decision then = Decider.decide(before, person(i, i), NOW);
      Decision now = Decider.decide(after, person(i, i), NOW);
      if (now.arm() == Arm.TREATMENT) {
        assertThat(now.variant().copyId()).isEqualTo(then.variant().copyId());
      }
    }
  }

  /** Else control would hold mostly people of one variant, and no comparison would be fair. */
  @Test
  void theArmTellsNothingOfTheVariant() {
    CompiledTemplate external = template();
    Set<Integer> control = control(template(Split.Mode.RANDOM, "0.5"));
    long first =
        control.stream()
            .filter(i -> Decider.decide(external, person(i, i), NOW).variant().copyId().equals("a"))
            .count();
    assertThat((double) first / control.size()).isCloseTo(0.5, within(0.025));
  }

  @Test
  void aSplitHoldsFromItsTimeOn() {
    CompiledTemplate template =
        template(
            new Split(START, Split.Mode.RANDOM, new BigDecimal("0.9")),
            new Split(START.plusSeconds(60), Split.Mode.EXTERNAL, BigDecimal.ZERO));
    for (int i = 0; i < 100; i++) {
      assertThat(Decider.decide(template, person(i, i), START.minusSeconds(1)).arm())
          .isEqualTo(Arm.TREATMENT);
      assertThat(Decider.decide(template, person(i, i), START.plusSeconds(60)).propensity())
          .isEqualTo(0.5);
    }
    assertThat(Decider.decide(template, person(1, 1), START).propensity())
        .isIn(0.9, (1 - 0.9) * 0.5);
  }

  @Test
  void anUnreadableCallIsSplitToo() {
    CompiledTemplate template = template(Split.Mode.PERSISTENT, "0.5");
    Set<Arm> arms = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      Decision unreadable = Decider.unreadable(template, person(i, i), NOW);
      arms.add(unreadable.arm());
      assertThat(unreadable.arm()).isEqualTo(Decider.decide(template, person(i, i), NOW).arm());
      assertThat(unreadable.fallback())
          .isEqualTo(
              unreadable.arm() == Arm.CONTROL
                  ? Optional.empty()
                  : Optional.of(FallbackReason.MALFORMED_BODY));
    }
    assertThat(arms).hasSize(2);
  }
}
