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

  private static final Comparator<Placed> BY_TIME =
      Comparator.<Placed, Long>comparing(placed -> placed.engagement().occurredAt())
          .thenComparing(placed -> placed.engagement().eventId());

  private final Set<String> seenInDelivery = new HashSet<>();
  private final Set<String> seenInExposure = new HashSet<>();
  private final Map<String, HumanClass> strongest = new HashMap<>();

  private FirstEngagements() {}

  /** The deliveries of one exposure with their engagements marked. */
  static List<Delivery> mark(List<Delivery> exposure) {
    FirstEngagements marks = new FirstEngagements();
    IdentityHashMap<Delivery, List<Engagement>> marked = new IdentityHashMap<>();
    exposure.forEach(delivery -> marked.put(delivery, new ArrayList<>()));
    exposure.stream()
        .flatMap(
            delivery -> delivery.engagements().stream().map(each -> new Placed(delivery, each)))
        .sorted(BY_TIME)
        .forEach(placed -> marked.get(placed.delivery()).add(marks.mark(placed)));
    return exposure.stream().map(delivery -> delivery.with(marked.get(delivery))).toList();
  }

  private Engagement mark(Placed placed) {
    Engagement engagement = placed.engagement();
    String metric = engagement.metric();
    boolean ofDelivery =
        seenInDelivery.add(placed.delivery().ids().deliveryId() + "\u0000" + metric);
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
