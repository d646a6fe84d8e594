package dev.copyloop.jobs.attribute.journey;

/**
 * What attribution needs of one of Customer.io's events.
 *
 * @param occurredAt epoch microseconds
 * @param href null also if nobody measures by links' addresses
 */
record DeliveryEvent(
    String org,
    String workspace,
    String deliveryId,
    long occurredAt,
    String eventId,
    String objectType,
    String metric,
    String journeyId,
    String actionId,
    String parentActionId,
    String campaignId,
    String broadcastId,
    String newsletterId,
    String transactionalMessageId,
    String contentId,
    String triggerId,
    String triggerEventId,
    String customerId,
    String personId,
    String personEmail,
    String personCioId,
    String recipient,
    String linkId,
    String href,
    Boolean proxied,
    Boolean prefetched,
    Boolean synthetic,
    Boolean machine) {}
