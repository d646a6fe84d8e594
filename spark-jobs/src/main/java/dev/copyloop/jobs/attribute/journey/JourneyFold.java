package dev.copyloop.jobs.attribute.journey;

import dev.copyloop.jobs.attribute.row.HashedRows;
import dev.copyloop.jobs.attribute.settings.SettingsIndex;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;

/** Makes attributed deliveries of the events and generations of one hash: mostly one journey. */
final class JourneyFold implements HashedRows.Meeting<DeliveryEvent, GenerationRef> {

  private static final long serialVersionUID = 1;

  private static final Comparator<DeliveryEvent> BY_TIME =
      Comparator.comparingLong(DeliveryEvent::occurredAt).thenComparing(DeliveryEvent::eventId);

  private record DeliveryKey(String org, String workspace, String deliveryId) {}

  /** A delivery that names no journey is one of its own. */
  private record JourneyKey(String org, String journeyId, DeliveryKey delivery) {}

  private final SettingsIndex settings;

  JourneyFold(SettingsIndex settings) {
    this.settings = settings;
  }

  /**
   * The rows of {@link DeliveryRows}.
   *
   * @param events all that their deliveries have
   */
  @Override
  public Iterator<InternalRow> of(List<DeliveryEvent> events, List<GenerationRef> generations) {
    Map<JourneyKey, List<GenerationRef>> called = new LinkedHashMap<>();
    for (GenerationRef each : generations) {
      called
          .computeIfAbsent(
              new JourneyKey(each.org(), each.trackingId(), null), key -> new ArrayList<>())
          .add(each);
    }
    List<InternalRow> rows = new ArrayList<>();
    journeys(events)
        .forEach(
            (journey, deliveries) ->
                new JourneyAttribution(settings)
                    .attribute(deliveries, called.getOrDefault(journey, List.of()))
                    .forEach(each -> rows.add(DeliveryRows.write(each))));
    return rows.iterator();
  }

  private Map<JourneyKey, List<Delivery>> journeys(List<DeliveryEvent> events) {
    events.sort(BY_TIME);
    Map<DeliveryKey, List<DeliveryEvent>> deliveries = new LinkedHashMap<>();
    for (DeliveryEvent event : events) {
      deliveries
          .computeIfAbsent(
              new DeliveryKey(event.org(), event.workspace(), event.deliveryId()),
              key -> new ArrayList<>())
          .add(event);
    }
    Map<JourneyKey, List<Delivery>> journeys = new LinkedHashMap<>();
    deliveries.forEach(
        (key, own) -> {
          Delivery delivery =
              DeliveryFold.fold(
                  own, settings.personKeys(key.org()), settings.engagementMetrics(key.org()));
          String id = delivery.ids().journeyId();
          journeys
              .computeIfAbsent(
                  new JourneyKey(key.org(), id, id == null ? key : null),
                  journey -> new ArrayList<>())
              .add(delivery);
        });
    return journeys;
  }
}
