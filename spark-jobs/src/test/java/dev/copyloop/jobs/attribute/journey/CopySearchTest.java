package dev.copyloop.jobs.attribute.journey;

import static dev.copyloop.jobs.attribute.journey.SampleJourney.attributeOne;
import static dev.copyloop.jobs.attribute.journey.SampleJourney.delivery;
import static dev.copyloop.jobs.attribute.journey.SampleJourney.generation;
import static dev.copyloop.jobs.attribute.journey.SampleJourney.settings;
import static dev.copyloop.jobs.attribute.journey.SampleSettings.MENS;
import static dev.copyloop.jobs.attribute.journey.SampleSettings.WOMENS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.events.settings.AttributeScope;
import dev.copyloop.events.settings.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which call's copy a delivery carries. */
class CopySearchTest {
  @Test
  void latestGenerationNotLaterThanTheRenderingWins() {
    List<GenerationRef> generations =
        List.of(
            generation(MENS, "j1", -60), generation(WOMENS, "j1", -10), generation(MENS, "j1", 20));

    assertThat(
            attributeOne(
                    SampleSettings.plain(),
                    generations,
                    delivery("d1").event("drafted", 0).event("sent", 3600))
                .copy()
                .copyKey())
        .isEqualTo(WOMENS);
  }

  @Test
  void generationShortlyAfterTheMessageIsItsOwnOnlyIfNoneCameBefore() {
    DeliveryBuilder sent = delivery("d1").event("sent", 0);

    assertThat(
            attributeOne(SampleSettings.plain(), List.of(generation(MENS, "j1", 299)), sent)
                .copy()
                .copyKey())
        .isEqualTo(MENS);
    assertThat(
            attributeOne(SampleSettings.plain(), List.of(generation(MENS, "j1", 300)), sent)
                .copy()
                .copyKey())
        .isEqualTo("unknown");
  }

  @Test
  void profileAttributeOfAnotherJourneyIsStale() {
    Settings customer =
        settings(
            SampleSettings.binding(
                "b1", "1", List.of("1001"), List.of("1002"), AttributeScope.CUSTOMER));
    Delivery pending =
        attributeOne(customer, List.of(), delivery("d1").journey("j2").event("sent", 0));
    assertThat(pending.copy().awaitsPerson()).isTrue();

    Delivery stale =
        PersonCopies.matched(
            pending,
            List.of(generation(MENS, "j0", -90 * 86_400), generation(WOMENS, "j1", -86_400)));
    Delivery own = PersonCopies.matched(pending, List.of(generation(MENS, "j2", 0)));

    assertThat(stale.copy().copyKey()).isEqualTo(WOMENS);
    assertThat(stale.copy().stale()).isTrue();
    assertThat(own.copy().stale()).isFalse();
    assertThat(PersonCopies.matched(pending, List.of(generation(MENS, "j2", 1))).copy().copyKey())
        .isEqualTo("unknown");
  }

  @Test
  void withoutJourneyThePersonsGenerationOfTheLastSevenDaysIsTaken() {
    Delivery pending =
        attributeOne(
            SampleSettings.plain(), List.of(), delivery("d1").journey(null).event("sent", 0));
    long sevenDays = 7 * 86_400;

    assertThat(
            PersonCopies.matched(pending, List.of(generation(MENS, "j9", -sevenDays + 1)))
                .copy()
                .copyKey())
        .isEqualTo(MENS);
    assertThat(
            PersonCopies.matched(pending, List.of(generation(MENS, "j9", -sevenDays)))
                .copy()
                .reason())
        .isEqualTo("no_generation");
  }
}
