package dev.copyloop.jobs.attribute.journey;

import dev.copyloop.jobs.attribute.settings.MessageOrigin;
import java.util.List;

/**
 * What a delivery's events say about its origin: each the first that is present by (time, event
 * id). Null where none says it.
 *
 * @param workspace the empty string if none is known
 * @param channel Customer.io's object type
 * @param person its person's name as far as its own events tell; null if they name none
 * @param keyed whether that name is an identifier of the org's key, or none
 * @param personReason why no person is named although one identifier or more is; null otherwise
 * @param identifiers all that its events name its person by, sorted, if there are several
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
    boolean keyed,
    String personReason,
    List<String> identifiers) {

  /** The object type of our own calls. */
  static final String WEBHOOK = "webhook";

  MessageOrigin origin() {
    return new MessageOrigin(org, workspace, campaignId, broadcastId);
  }

  boolean isWebhookCall() {
    return WEBHOOK.equals(channel);
  }
}
