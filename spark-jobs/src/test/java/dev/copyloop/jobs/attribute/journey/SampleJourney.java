package dev.copyloop.jobs.attribute.journey;

import static dev.copyloop.jobs.attribute.journey.DeliveryBuilder.micros;

import dev.copyloop.events.generation.Arm;
import dev.copyloop.events.settings.Binding;
import dev.copyloop.events.settings.Settings;
import dev.copyloop.jobs.attribute.settings.SettingsIndex;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A journey for tests: its settings, calls and messages, and what attribution makes of them. */
final class SampleJourney {
  private SampleJourney() {}

  static DeliveryBuilder delivery(String id) {
    return new DeliveryBuilder(id);
  }

  /** A call for that copy, so many seconds after {@link DeliveryBuilder#START}. */
  static GenerationRef generation(String copy, String journey, long seconds) {
    return generation(copy, journey, seconds, Arm.TREATMENT, false);
  }

  static GenerationRef generation(
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

  /** Template welcome on campaign 1 with those actions. */
  static Settings bound(List<String> messages, List<String> controls) {
    return settings(SampleSettings.binding("b1", "1", messages, controls));
  }

  static Settings settings(Binding... bindings) {
    return SampleSettings.of(
        ZoneOffset.UTC, List.of(SampleSettings.template("welcome", bindings)), List.of());
  }

  /** By delivery_id. */
  static Map<String, Delivery> attribute(
      Settings settings, List<GenerationRef> generations, DeliveryBuilder... deliveries) {
    List<Delivery> built = Arrays.stream(deliveries).map(DeliveryBuilder::build).toList();
    Map<String, Delivery> byId = new TreeMap<>();
    new JourneyAttribution(new SettingsIndex(settings))
        .attribute(built, generations)
        .forEach(each -> byId.put(each.ids().deliveryId(), each));
    return byId;
  }

  static Delivery attributeOne(
      Settings settings, List<GenerationRef> generations, DeliveryBuilder delivery) {
    return attribute(settings, generations, delivery).values().iterator().next();
  }
}
