package dev.copyloop.jobs.attribute.journey;

import static dev.copyloop.jobs.attribute.journey.DeliveryBuilder.micros;
import static dev.copyloop.jobs.attribute.journey.SampleSettings.MENS;
import static dev.copyloop.jobs.attribute.journey.SampleSettings.WOMENS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.events.generation.Arm;
import dev.copyloop.events.settings.AttributeScope;
import dev.copyloop.events.settings.Binding;
import dev.copyloop.events.settings.HumanClass;
import dev.copyloop.events.settings.Settings;
import dev.copyloop.events.settings.Split;
import dev.copyloop.events.settings.Template;
import dev.copyloop.jobs.attribute.settings.SettingsIndex;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class JourneyAttributionTest {

  private static final List<String> NONE = List.of();

  private static DeliveryBuilder delivery(String id) {
    return new DeliveryBuilder(id);
  }

  private static GenerationRef generation(String copy, String journey, long seconds) {
    return generation(copy, journey, seconds, Arm.TREATMENT, false);
  }

  private static GenerationRef generation(
      String copy, String journey, long seconds, Arm arm, boolean test) {
    return new GenerationRef(
        "acme",
        "welcome",
        "g" + journey + seconds,
        micros(seconds),
        journey,
        "u1",
        copy,
        arm,
        test);
  }

  private static Settings bound(List<String> messages, List<String> controls) {
    return settings(SampleSettings.binding("b1", "1", messages, controls));
  }

  private static Settings settings(Binding... bindings) {
    return SampleSettings.of(
        ZoneOffset.UTC, List.of(SampleSettings.template("welcome", bindings)), List.of());
  }

  private static Map<String, Delivery> attribute(
      Settings settings, List<GenerationRef> generations, DeliveryBuilder... deliveries) {
    List<Delivery> built = Arrays.stream(deliveries).map(DeliveryBuilder::build).toList();
    Map<String, Delivery> byId = new TreeMap<>();
    new JourneyAttribution(new SettingsIndex(settings))
        .attribute(built, generations)
        .forEach(each -> byId.put(each.ids().deliveryId(), each));
    return byId;
  }

  private static Delivery attributeOne(
      Settings settings, List<GenerationRef> generations, DeliveryBuilder delivery) {
    return attribute(settings, generations, delivery).values().iterator().next();
  }

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
