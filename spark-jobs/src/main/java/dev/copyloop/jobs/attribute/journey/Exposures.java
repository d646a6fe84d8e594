package dev.copyloop.jobs.attribute.journey;

import dev.copyloop.events.generation.Arm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Groups a journey's deliveries into exposures and marks each exposure's first engagements. */
final class Exposures {

  private static final Comparator<Delivery> SENT_FIRST =
      Comparator.<Delivery, Boolean>comparing(delivery -> delivery.times().sendAt() == null)
          .thenComparing(delivery -> delivery.times().cohortAt())
          .thenComparing(delivery -> delivery.ids().deliveryId());

  private static final Comparator<Delivery> BY_TIME =
      Comparator.<Delivery, Long>comparing(delivery -> delivery.times().cohortAt())
          .thenComparing(delivery -> delivery.ids().deliveryId());

  private record TemplateArm(String templateId, Arm arm) {
    static TemplateArm of(Delivery delivery) {
      return new TemplateArm(delivery.claim().templateId(), delivery.claim().arm());
    }
  }

  private Exposures() {}

  /** The deliveries of one journey with their exposures known. */
  static List<Delivery> group(List<Delivery> journey) {
    if (journey.size() == 1) {
      return exposure(journey);
    }
    Map<String, List<Delivery>> exposures = new TreeMap<>();
    for (Delivery delivery : journey) {
      exposures.computeIfAbsent(exposureKey(delivery), key -> new ArrayList<>()).add(delivery);
    }
    List<Delivery> grouped = new ArrayList<>(journey.size());
    exposures.values().forEach(deliveries -> grouped.addAll(exposure(deliveries)));
    return grouped;
  }

  private static String exposureKey(Delivery delivery) {
    DeliveryIds ids = delivery.ids();
    boolean shared = ids.journeyId() != null && ids.actionId() != null;
    return ids.workspace() + "\u0000" + (shared ? "a" + ids.actionId() : "d" + ids.deliveryId());
  }

  private static List<Delivery> exposure(List<Delivery> deliveries) {
    List<Delivery> sorted = new ArrayList<>(deliveries);
    sorted.sort(SENT_FIRST);
    String id = sorted.get(0).ids().deliveryId();
    List<Delivery> result = new ArrayList<>(sorted.size());
    for (int i = 0; i < sorted.size(); i++) {
      result.add(sorted.get(i).with(new Exposure(id, i == 0, null)));
    }
    return FirstEngagements.mark(result);
  }

  /** The same deliveries, each arm's exposures of a template numbered by time from 1. */
  static List<Delivery> number(List<Delivery> journey) {
    List<Delivery> byTime = new ArrayList<>(journey);
    byTime.removeIf(each -> !each.exposure().representative() || each.claim().templateId() == null);
    byTime.sort(BY_TIME);
    Map<TemplateArm, Map<String, Integer>> numbers = new HashMap<>();
    for (Delivery delivery : byTime) {
      Map<String, Integer> ofTemplate =
          numbers.computeIfAbsent(TemplateArm.of(delivery), key -> new HashMap<>());
      ofTemplate.putIfAbsent(delivery.exposure().id(), ofTemplate.size() + 1);
    }
    List<Delivery> numbered = new ArrayList<>(journey.size());
    for (Delivery delivery : journey) {
      numbered.add(numbered(delivery, numbers));
    }
    return numbered;
  }

  private static Delivery numbered(
      Delivery delivery, Map<TemplateArm, Map<String, Integer>> numbers) {
    if (delivery.claim().templateId() == null) {
      return delivery;
    }
    Integer number =
        numbers.getOrDefault(TemplateArm.of(delivery), Map.of()).get(delivery.exposure().id());
    return delivery.with(delivery.exposure().numbered(number == null ? 1 : number));
  }
}
