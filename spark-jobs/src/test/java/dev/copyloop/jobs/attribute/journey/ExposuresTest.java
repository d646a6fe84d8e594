package dev.copyloop.jobs.attribute.journey;

import static dev.copyloop.jobs.attribute.journey.DeliveryBuilder.micros;
import static dev.copyloop.jobs.attribute.journey.SampleJourney.attribute;
import static dev.copyloop.jobs.attribute.journey.SampleJourney.attributeOne;
import static dev.copyloop.jobs.attribute.journey.SampleJourney.bound;
import static dev.copyloop.jobs.attribute.journey.SampleJourney.delivery;
import static dev.copyloop.jobs.attribute.journey.SampleJourney.generation;
import static dev.copyloop.jobs.attribute.journey.SampleSettings.MENS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.events.settings.HumanClass;
import dev.copyloop.events.settings.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a person was exposed to, and which of its engagements count. */
class ExposuresTest {
  @Test
  void openBeforeSendAndClickWithoutOpenAreCounted() {
    Delivery delivery =
        attributeOne(
            SampleSettings.plain(),
            List.of(generation(MENS, "j1", -5)),
            delivery("d1").clicked(-1, false).event("sent", 0));

    assertThat(delivery.times().sendAt()).isEqualTo(micros(0));
    assertThat(delivery.copy().copyKey()).isEqualTo(MENS);
    assertThat(delivery.engagements()).hasSize(1);
    assertThat(delivery.engagements().get(0).firstOfExposure()).isTrue();
    assertThat(delivery.engagements().get(0).humanClass()).isEqualTo(HumanClass.HUMAN);
  }

  @Test
  void engagementWithoutSentImpliesASendAndABounceDoesNot() {
    Delivery opened =
        attributeOne(SampleSettings.plain(), List.of(), delivery("d1").opened(9, null));
    Delivery bounced =
        attributeOne(SampleSettings.plain(), List.of(), delivery("d1").event("failed", 9));

    assertThat(opened.times().sendAt()).isEqualTo(micros(9));
    assertThat(opened.times().sendImplied()).isTrue();
    assertThat(bounced.times().sendAt()).isNull();
  }

  @Test
  void resendIsOneExposureWithOneFirstOpen() {
    Map<String, Delivery> deliveries =
        attribute(
            SampleSettings.plain(),
            List.of(generation(MENS, "j1", -5)),
            delivery("d1").event("sent", 0).opened(100, false),
            delivery("d2").event("sent", 50).opened(90, false));

    assertThat(deliveries.get("d1").exposure()).isEqualTo(new Exposure("d1", true, 1));
    assertThat(deliveries.get("d2").exposure()).isEqualTo(new Exposure("d1", false, 1));
    assertThat(deliveries.get("d1").engagements().get(0).firstOfExposure()).isFalse();
    assertThat(deliveries.get("d1").engagements().get(0).firstOfDelivery()).isTrue();
    assertThat(deliveries.get("d2").engagements().get(0).firstOfExposure()).isTrue();
  }

  @Test
  void failedFirstTryIsRepresentedByTheResendThatWasSent() {
    Map<String, Delivery> deliveries =
        attribute(
            SampleSettings.plain(),
            List.of(),
            delivery("d1").event("failed", 0),
            delivery("d2").event("sent", 50));

    assertThat(deliveries.get("d1").exposure().representative()).isFalse();
    assertThat(deliveries.get("d2").exposure().representative()).isTrue();
  }

  @Test
  void severalMessagesOfOneCallAreNumberedByTime() {
    Settings two = bound(List.of("1001", "1005"), List.of("1002"));

    Map<String, Delivery> deliveries =
        attribute(
            two,
            List.of(generation(MENS, "j1", -5)),
            delivery("d2").action("1005").event("sent", 86_400),
            delivery("d1").event("sent", 0));

    assertThat(deliveries.get("d1").exposure().messageNo()).isEqualTo(1);
    assertThat(deliveries.get("d2").exposure().messageNo()).isEqualTo(2);
    assertThat(deliveries.get("d2").copy().copyKey()).isEqualTo(MENS);
  }

  @Test
  void exposureCountsInItsStrongestClassAndLeavesTheWeakerOne() {
    Delivery delivery =
        attributeOne(
            SampleSettings.plain(),
            List.of(),
            delivery("d1")
                .event("sent", 0)
                .opened(1, true)
                .opened(2, null)
                .opened(3, true)
                .opened(4, false));

    assertThat(delivery.engagements())
        .extracting(Engagement::raisesClass)
        .containsExactly(true, true, false, true);
    assertThat(delivery.engagements())
        .extracting(Engagement::displacedClass)
        .containsExactly(null, HumanClass.MACHINE, null, HumanClass.UNKNOWN);
    assertThat(delivery.engagements())
        .extracting(Engagement::firstOfExposure)
        .containsExactly(true, false, false, false);
  }

  @Test
  void syntheticOpenTakesTheClassOfItsClick() {
    Delivery delivery =
        attributeOne(
            SampleSettings.plain(),
            List.of(),
            delivery("d1").event("sent", 0).syntheticOpen(5).clicked(5, true).clicked(9, false));

    assertThat(delivery.engagements().get(0).metric()).isEqualTo("opened");
    assertThat(delivery.engagements().get(0).humanClass()).isEqualTo(HumanClass.MACHINE);
  }
}
