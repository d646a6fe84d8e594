package dev.copyloop.jobs.attribute.journey;

import dev.copyloop.events.settings.HumanClass;
import java.util.List;

/**
 * One engagement event of a delivery.
 *
 * @param occurredAt epoch microseconds
 * @param humanClass of opens and clicks; null for every other metric
 * @param firstOfDelivery the first of its metric in its delivery
 * @param firstOfExposure the first of its metric in its exposure
 * @param raisesClass its exposure's strongest class so far of this metric; an exposure counts in
 *     exactly one class
 * @param displacedClass the class its exposure counted in before; null if in none
 * @param measured by which custom metrics; mostly by none
 */
public record Engagement(
    String eventId,
    long occurredAt,
    String metric,
    String linkId,
    HumanClass humanClass,
    boolean firstOfDelivery,
    boolean firstOfExposure,
    boolean raisesClass,
    HumanClass displacedClass,
    List<Measured> measured) {

  /** The metric of an open. */
  public static final String OPENED = "opened";

  /** The metric of a click. */
  public static final String CLICKED = "clicked";

  static Engagement of(
      String eventId,
      long occurredAt,
      String metric,
      String linkId,
      HumanClass humanClass,
      List<Measured> measured) {
    return new Engagement(
        eventId, occurredAt, metric, linkId, humanClass, false, false, false, null, measured);
  }

  Engagement flagged(boolean ofDelivery, boolean ofExposure, boolean raises, HumanClass displaced) {
    return new Engagement(
        eventId,
        occurredAt,
        metric,
        linkId,
        humanClass,
        ofDelivery,
        ofExposure,
        raises,
        displaced,
        measured);
  }

  Engagement with(List<Measured> newMeasured) {
    return new Engagement(
        eventId,
        occurredAt,
        metric,
        linkId,
        humanClass,
        firstOfDelivery,
        firstOfExposure,
        raisesClass,
        displacedClass,
        newMeasured);
  }
}
