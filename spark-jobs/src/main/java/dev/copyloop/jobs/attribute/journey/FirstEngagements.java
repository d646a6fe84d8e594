package dev.copyloop.jobs.attribute.journey;

import dev.copyloop.events.settings.HumanClass;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Marks the first engagement of each metric in a delivery and in its exposure, and the opens and
 * clicks that raise the exposure's class: an exposure is human if any of its opens is, else unknown
 * if any is, else machine, and counts in that one class.
 */
final class FirstEngagements {

  private record Placed(Delivery delivery, Engagement engagement) {}

  private record DeliveryMetric(String deliveryId, String metric) {}

  private static final Comparator<Placed> BY_TIME =
      Comparator.<Placed>comparingLong(placed -> placed.engagement().occurredAt())
          .thenComparing(placed -> placed.engagement().eventId());

  private final Set<DeliveryMetric> seenInDelivery = new HashSet<>();
  private final Set<String> seenInExposure = new HashSet<>();
  private final Map<String, HumanClass> strongest = new HashMap<>();

  private FirstEngagements() {}

  /** The deliveries of one exposure with their engagements marked. */
  static List<Delivery> mark(List<Delivery> exposure) {
    List<Placed> placed = new ArrayList<>();
    for (Delivery delivery : exposure) {
      delivery.engagements().forEach(each -> placed.add(new Placed(delivery, each)));
    }
    if (placed.isEmpty()) {
      return exposure;
    }
    placed.sort(BY_TIME);
    FirstEngagements marks = new FirstEngagements();
    IdentityHashMap<Delivery, List<Engagement>> marked = new IdentityHashMap<>();
    for (Placed each : placed) {
      marked.computeIfAbsent(each.delivery(), key -> new ArrayList<>()).add(marks.mark(each));
    }
    List<Delivery> result = new ArrayList<>(exposure.size());
    for (Delivery delivery : exposure) {
      result.add(delivery.with(marked.getOrDefault(delivery, List.of())));
    }
    return result;
  }

  private Engagement mark(Placed placed) {
    Engagement engagement = placed.engagement();
    String metric = engagement.metric();
    boolean ofDelivery =
        seenInDelivery.add(new DeliveryMetric(placed.delivery().ids().deliveryId(), metric));
    boolean ofExposure = seenInExposure.add(metric);
    HumanClass before = strongest.get(metric);
    boolean raises =
        engagement.humanClass() != null
            && (before == null || engagement.humanClass().compareTo(before) > 0);
    if (raises) {
      strongest.put(metric, engagement.humanClass());
    }
    return engagement.flagged(ofDelivery, ofExposure, raises, raises ? before : null);
  }
}
