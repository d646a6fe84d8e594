package dev.copyloop.stack.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulationTest {
  private static final int PEOPLE = 40_000;
  private static final Instant END = Instant.parse("2026-03-01T12:00:00Z");
  private static final SimulationConfig CONFIG = new SimulationConfig(PEOPLE, 14, 42, END);
  private final Simulation simulation = new Simulation(CONFIG);

  @ParameterizedTest
  @ValueSource(strings = {"short", "question", "discount", "control"})
  void peopleReactAtTheTrueRates(String copyKey) {
    TrueRates rates = TrueRates.BY_COPY.get(copyKey);
    // Who can't be reached (about one in eighty) neither opens nor clicks.
    assertThat(share(copyKey, Reaction::open)).isCloseTo(rates.open() * 0.988, within(0.012));
    assertThat(share(copyKey, Reaction::click)).isCloseTo(rates.click() * 0.988, within(0.006));
    assertThat(share(copyKey, Reaction::purchase)).isCloseTo(rates.purchase(), within(0.005));
  }

  @Test
  void aFifthIsControl() {
    long control = people().filter(Person::control).count();
    assertThat((double) control / PEOPLE).isCloseTo(0.2, within(0.01));
  }

  @Test
  void nothingHappensBeforeItsCauseOrAfterTheEnd() {
    people()
        .limit(5000)
        .forEach(
            person -> {
              Reaction reaction = simulation.reaction(person, "discount");
              assertThat(person.entered()).isGreaterThanOrEqualTo(CONFIG.start().getEpochSecond());
              assertThat(reaction.sent()).isGreaterThan(person.entered());
              reaction
                  .click()
                  .ifPresent(
                      click -> assertThat(click).isGreaterThan(reaction.open().orElseThrow()));
              Stream.of(
                      reaction.delivered(),
                      reaction.machineOpen(),
                      reaction.open(),
                      reaction.click(),
                      reaction.conversion(),
                      reaction.purchase())
                  .flatMapToLong(OptionalLong::stream)
                  .forEach(
                      time ->
                          assertThat(time).isBetween(reaction.sent() + 1, END.getEpochSecond()));
            });
  }

  @Test
  void theSameSeedGivesTheSamePeople() {
    Simulation same = new Simulation(CONFIG);
    Simulation other = new Simulation(new SimulationConfig(PEOPLE, 14, 43, END));
    Person person = simulation.person(17);
    assertThat(same.person(17)).isEqualTo(person);
    assertThat(same.reaction(person, "short")).isEqualTo(simulation.reaction(person, "short"));
    assertThat(other.person(17)).isNotEqualTo(person);
  }

  private double share(String copyKey, java.util.function.Function<Reaction, OptionalLong> what) {
    long count =
        people()
            .map(person -> what.apply(simulation.reaction(person, copyKey)))
            .filter(OptionalLong::isPresent)
            .count();
    return (double) count / PEOPLE;
  }

  private Stream<Person> people() {
    return IntStream.rangeClosed(1, PEOPLE).mapToObj(simulation::person);
  }
}
