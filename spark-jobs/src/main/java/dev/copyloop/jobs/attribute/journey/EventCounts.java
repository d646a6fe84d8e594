package dev.copyloop.jobs.attribute.journey;

import java.io.Serializable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the events of deliveries say before anything is made of them.
 *
 * @param named distinct deliveries
 * @param events all of them
 * @param sendSide those of getting a message out
 * @param torn deliveries whose events name several journeys, or of which only some name one
 */
public record EventCounts(long named, long events, long sendSide, long torn)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  static final EventCounts NONE = new EventCounts(0, 0, 0, 0);

  /** Counts the narrow rows of {@link DeliveryEventRows}, by hashes of 96 bits. */
  public static EventCounts of(Dataset<Row> events) {
    return EventKeys.counted(events);
  }

  /** Those of other deliveries, too. */
  EventCounts plus(EventCounts more) {
    return new EventCounts(
        named + more.named, events + more.events, sendSide + more.sendSide, torn + more.torn);
  }
}
