package dev.copyloop.jobs.attribute;

/**
 * What a delivery's events say about its origin: each the first that is present by (time, event
 * id). Null where none says it.
 *
 * @param workspace the empty string if none is known
 * @param channel Customer.io's object type
 * @param person the identifier that names people in Customer.io's events, normalised
 * @param eventPerson the identifier that the org's own events carry, normalised
 */
record DeliveryIds(
    String org,
    String workspace,
    String deliveryId,
    String channel,
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
    String person,
    String eventPerson) {

  /** The object type of our own calls. */
  static final String WEBHOOK = "webhook";

  boolean isWebhookCall() {
    return WEBHOOK.equals(channel);
  }
}
