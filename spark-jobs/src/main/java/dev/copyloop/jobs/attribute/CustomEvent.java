package dev.copyloop.jobs.attribute;

import java.math.BigDecimal;

/**
 * One of the client's own events.
 *
 * @param occurredAt epoch microseconds
 * @param person the org's identifier, normalised; null if the event names none
 * @param value null if it has none; negative for a refund
 * @param copyId the copy it names itself; null if none
 * @param trackingId the journey it names itself; null if none
 */
record CustomEvent(
    String org,
    String eventId,
    String name,
    long occurredAt,
    String person,
    BigDecimal value,
    String currency,
    String copyId,
    String trackingId) {}
