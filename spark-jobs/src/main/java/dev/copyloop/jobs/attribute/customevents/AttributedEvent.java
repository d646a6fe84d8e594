package dev.copyloop.jobs.attribute.customevents;

import java.math.BigDecimal;

/**
 * One result of one rule, or custom metric, for one custom event.
 *
 * @param ruleId of the rule or of the metric
 * @param kind credit, lift, metric or none
 * @param reason why nothing is credited; null if something is
 * @param touch null unless credited
 * @param delivery the credited delivery, or the latest one the person was exposed by; null if none
 * @param credit this touch's share of the event; null unless credited
 * @param value this touch's share of the event's value; the whole value of a lift or of none
 * @param firstOfPerson the person's first such event of this rule and copy (lift: and template)
 */
public record AttributedEvent(
    CustomEvent event,
    String ruleId,
    int ruleVersion,
    String kind,
    String reason,
    Touch touch,
    ExposedDelivery delivery,
    BigDecimal credit,
    BigDecimal value,
    boolean firstOfPerson) {

  /** An event of somebody exposed to a template, whatever was touched. */
  static AttributedEvent exposed(
      CustomEvent event,
      String ruleId,
      int ruleVersion,
      String kind,
      ExposedDelivery delivery,
      boolean firstOfPerson) {
    return new AttributedEvent(
        event, ruleId, ruleVersion, kind, null, null, delivery, null, event.value(), firstOfPerson);
  }

  static final String CREDIT = "credit";

  /** The kind that counts an event of somebody exposed once per template, whatever was touched. */
  public static final String LIFT = "lift";

  static final String METRIC = "metric";
  static final String NONE = "none";

  /** The event names no person. */
  static final String NO_USER = "no_user";

  /** The person has no touch inside the rule's window. */
  static final String NO_TOUCH = "no_touch";
}
