package dev.copyloop.jobs.attribute.journey;

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
    HumanClass displacedClass) {

  /** The metric of an open. */
  public static final String OPENED = "opened";

  /** The metric of a click. */
  public static final String CLICKED = "clicked";

  static Engagement of(
      String eventId, long occurredAt, String metric, String linkId, HumanClass humanClass) {
    return new Engagement(
        eventId, occurredAt, metric, linkId, humanClass, false, false, false, null);
  }

  Engagement flagged(boolean ofDelivery, boolean ofExposure, boolean raises, HumanClass displaced) {
    return new Engagement(
        eventId, occurredAt, metric, linkId, humanClass, ofDelivery, ofExposure, raises, displaced);
  }
}
