package dev.copyloop.jobs.attribute.customevents;

import java.math.BigDecimal;

/**
 * One of the client's own events.
 *
 * @param occurredAt epoch microseconds
 * @param person null if the event names none, or one that several people share
 * @param personReason why it has no person although it names one; null otherwise
 * @param value null if it has none; negative for a refund
 * @param copyId the copy it names itself; null if none
 * @param trackingId the journey it names itself; null if none
 * @param properties JSON object; null if it has none, or no metric looks into them
 */
record CustomEvent(
    String org,
    String eventId,
    String name,
    long occurredAt,
    String person,
    String personReason,
    BigDecimal value,
    String currency,
    String copyId,
    String trackingId,
    String properties) {}
