package dev.copyloop.jobs.attribute.journey;

import static dev.copyloop.jobs.attribute.journey.SampleJourney.attribute;
import static dev.copyloop.jobs.attribute.journey.SampleJourney.attributeOne;
import static dev.copyloop.jobs.attribute.journey.SampleJourney.bound;
import static dev.copyloop.jobs.attribute.journey.SampleJourney.delivery;
import static dev.copyloop.jobs.attribute.journey.SampleJourney.generation;
import static dev.copyloop.jobs.attribute.journey.SampleJourney.settings;
import static dev.copyloop.jobs.attribute.journey.SampleSettings.MENS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.events.generation.Arm;
import dev.copyloop.events.settings.AttributeScope;
import dev.copyloop.events.settings.Binding;
import dev.copyloop.events.settings.Settings;
import dev.copyloop.events.settings.Split;
import dev.copyloop.events.settings.Template;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which template and arm a delivery belongs to, or why to none. */
class ClaimsTest {
  private static final List<String> NONE = List.of();

  private static UnattributedReason reasonOf(Settings settings, DeliveryBuilder delivery) {
    return attributeOne(settings, List.of(), delivery).claim().reason();
  }

  @Test
  void messageActionIsTreatmentWithTheCopyOfItsGeneration() {
    Delivery delivery =
        attributeOne(
            SampleSettings.plain(),
            List.of(generation(MENS, "j1", -5)),
            delivery("d1").event("sent", 0));

    assertThat(delivery.claim().arm()).isEqualTo(Arm.TREATMENT);
    assertThat(delivery.claim().source()).isEqualTo(ArmSource.ACTION);
    assertThat(delivery.copy().copyKey()).isEqualTo(MENS);
    assertThat(delivery.exposure().messageNo()).isEqualTo(1);
  }

  @Test
  void controlActionIsControlWithoutGeneration() {
    Delivery delivery =
        attributeOne(
            SampleSettings.plain(), List.of(), delivery("d1").action("1002").event("sent", 0));

    assertThat(delivery.claim().arm()).isEqualTo(Arm.CONTROL);
    assertThat(delivery.copy().copyKey()).isEqualTo("control");
  }

  @Test
  void parentActionBindsWhenTheActionItselfIsUnknown() {
    Delivery delivery =
        attributeOne(
            SampleSettings.plain(),
            List.of(),
            delivery("d1").action("7").parentAction("1002").event("sent", 0));

    assertThat(delivery.claim().arm()).isEqualTo(Arm.CONTROL);
    assertThat(delivery.claim().source()).isEqualTo(ArmSource.PARENT_ACTION);
  }

  @Test
  void splitMadeInsideGenerateComesBeforeTheAction() {
    Delivery delivery =
        attributeOne(
            SampleSettings.plain(),
            List.of(generation(MENS, "j1", -5, Arm.CONTROL, false)),
            delivery("d1").event("sent", 0));

    assertThat(delivery.claim().arm()).isEqualTo(Arm.CONTROL);
    assertThat(delivery.claim().source()).isEqualTo(ArmSource.GENERATION);
  }

  @Test
  void whereGenerateSplitsItsTreatmentComesBeforeTheControlAction() {
    Template template =
        SampleSettings.template(
            "welcome", SampleSettings.binding("b1", "1", List.of("1001"), List.of("1002")));
    Split split = new Split(SampleSettings.LONG_AGO, Split.Mode.RANDOM, new BigDecimal("0.1"));
    Settings splitting =
        SampleSettings.of(
            ZoneOffset.UTC,
            List.of(
                new Template(
                    template.id(),
                    template.channel(),
                    template.fallbackCopyId(),
                    template.controlCopyId(),
                    List.of(split),
                    template.variants(),
                    template.bindings())),
            List.of());
    DeliveryBuilder sent = delivery("d1").action("1002").event("sent", 0);

    Delivery drawn = attributeOne(splitting, List.of(generation(MENS, "j1", -5)), sent);
    Delivery named =
        attributeOne(SampleSettings.plain(), List.of(generation(MENS, "j1", -5)), sent);

    assertThat(drawn.claim().arm()).isEqualTo(Arm.TREATMENT);
    assertThat(drawn.claim().source()).isEqualTo(ArmSource.GENERATION);
    assertThat(drawn.copy().copyKey()).isEqualTo(MENS);
    assertThat(named.claim().arm()).isEqualTo(Arm.CONTROL);
  }

  @Test
  void treatmentWhoseCallWasLostStaysTreatmentWithoutCopy() {
    Delivery delivery =
        attributeOne(SampleSettings.plain(), List.of(), delivery("d1").event("sent", 0));

    assertThat(delivery.claim().arm()).isEqualTo(Arm.TREATMENT);
    assertThat(delivery.copy().copyKey()).isEqualTo("unknown");
    assertThat(delivery.copy().reason()).isEqualTo("no_generation");
  }

  @Test
  void broadcastBindsByItsId() {
    Binding broadcast =
        new Binding(
            "b1",
            "production",
            Optional.empty(),
            Optional.of("9"),
            Optional.empty(),
            List.of("36"),
            NONE,
            AttributeScope.JOURNEY,
            BigDecimal.ZERO,
            SampleSettings.LONG_AGO,
            Optional.empty());

    Delivery delivery =
        attributeOne(
            settings(broadcast),
            List.of(generation(MENS, "j1", -5)),
            delivery("d1").broadcast("9").action("36").event("sent", 0));

    assertThat(delivery.claim().arm()).isEqualTo(Arm.TREATMENT);
    assertThat(delivery.copy().copyKey()).isEqualTo(MENS);
  }

  @Test
  void everyUnattributedDeliveryHasItsReason() {
    Settings plain = SampleSettings.plain();
    assertThat(reasonOf(plain, delivery("d").newsletter("5").event("sent", 0)))
        .isEqualTo(UnattributedReason.NEWSLETTER);
    assertThat(reasonOf(plain, delivery("d").transactional("5").event("sent", 0)))
        .isEqualTo(UnattributedReason.TRANSACTIONAL);
    assertThat(reasonOf(plain, delivery("d").campaign(null).event("sent", 0)))
        .isEqualTo(UnattributedReason.NO_ORIGIN);
    assertThat(reasonOf(plain, delivery("d").campaign("2").event("sent", 0)))
        .isEqualTo(UnattributedReason.UNBOUND_CAMPAIGN);
    assertThat(reasonOf(plain, delivery("d").action("1003").event("sent", 0)))
        .isEqualTo(UnattributedReason.UNKNOWN_ACTION);
    assertThat(reasonOf(plain, delivery("d").channel("slack").event("sent", 0)))
        .isEqualTo(UnattributedReason.UNCOUNTED_CHANNEL);
    assertThat(reasonOf(plain, delivery("d").channel("hologram").event("sent", 0)))
        .isEqualTo(UnattributedReason.UNCOUNTED_CHANNEL);
    assertThat(reasonOf(plain, delivery("d").person("staff").event("sent", 0)))
        .isEqualTo(UnattributedReason.TEST);
    assertThat(reasonOf(bound(NONE, NONE), delivery("d").journey(null).event("sent", 0)))
        .isEqualTo(UnattributedReason.NO_JOURNEY);
  }

  @Test
  void bindingHoldsFromItsStartUntilBeforeItsEnd() {
    Instant start = Instant.ofEpochSecond(DeliveryBuilder.START);
    Binding dated =
        new Binding(
            "b1",
            "production",
            Optional.of("1"),
            Optional.empty(),
            Optional.empty(),
            List.of("1001"),
            NONE,
            AttributeScope.JOURNEY,
            BigDecimal.ZERO,
            start,
            Optional.of(start.plusSeconds(10)));
    Settings settings = settings(dated);

    assertThat(reasonOf(settings, delivery("d").event("sent", -1)))
        .isEqualTo(UnattributedReason.NO_BINDING_AT_TIME);
    assertThat(reasonOf(settings, delivery("d").event("sent", 0))).isNull();
    assertThat(reasonOf(settings, delivery("d").event("sent", 9))).isNull();
    assertThat(reasonOf(settings, delivery("d").event("sent", 10)))
        .isEqualTo(UnattributedReason.NO_BINDING_AT_TIME);
  }

  @Test
  void testGenerationKeepsItsDeliveryOutOfEveryArm() {
    Delivery delivery =
        attributeOne(
            SampleSettings.plain(),
            List.of(generation(MENS, "j1", -5, Arm.TREATMENT, true)),
            delivery("d1").event("sent", 0));

    assertThat(delivery.claim().reason()).isEqualTo(UnattributedReason.TEST);
    assertThat(delivery.claim().templateId()).isNull();
  }

  @Test
  void withoutMessageActionsTheFirstDeliveryOfACallingJourneyIsTreatment() {
    Map<String, Delivery> deliveries =
        attribute(
            bound(NONE, List.of("1002")),
            List.of(generation(MENS, "j1", -5)),
            delivery("d1").action("41").event("sent", 0),
            delivery("d2").action("42").event("sent", 60));

    assertThat(deliveries.get("d1").claim().arm()).isEqualTo(Arm.TREATMENT);
    assertThat(deliveries.get("d1").claim().source()).isEqualTo(ArmSource.INFERRED);
    assertThat(deliveries.get("d2").claim().reason()).isEqualTo(UnattributedReason.UNKNOWN_ACTION);
  }

  @Test
  void ownCallSeenByTheSenderMakesAJourneyTreatmentThoughItsGenerationIsLost() {
    Map<String, Delivery> deliveries =
        attribute(
            bound(NONE, List.of("1002")),
            List.of(),
            delivery("call").channel("webhook").action("900").event("sent", -5),
            delivery("d1").action("41").event("sent", 0));

    assertThat(deliveries.get("d1").claim().arm()).isEqualTo(Arm.TREATMENT);
    assertThat(deliveries.get("d1").copy().reason()).isEqualTo("no_generation");
    assertThat(deliveries.get("call").copy().generationId()).isNull();
  }

  @Test
  void inferredControlHoldsOnlyIfItsActionIsTheOnlyOne() {
    Delivery inferred =
        attributeOne(
            bound(List.of("1001"), NONE), List.of(), delivery("d1").action("55").event("sent", 0));
    assertThat(inferred.claim().awaitsControlAction()).isTrue();

    Delivery sole = ControlActions.decided(inferred, Map.of("b1", List.of("55")));
    Delivery several = ControlActions.decided(inferred, Map.of("b1", List.of("55", "56")));

    assertThat(sole.claim().arm()).isEqualTo(Arm.CONTROL);
    assertThat(sole.claim().source()).isEqualTo(ArmSource.INFERRED);
    assertThat(several.claim().reason()).isEqualTo(UnattributedReason.CONTROL_ACTION_NEEDED);
    assertThat(several.claim().bindingId()).isEqualTo("b1");
    assertThat(several.claim().candidates()).containsExactly("55", "56");
    assertThat(several.exposure().messageNo()).isNull();
  }
}
