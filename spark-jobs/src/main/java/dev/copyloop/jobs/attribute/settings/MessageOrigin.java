package dev.copyloop.jobs.attribute.settings;

/**
 * What a message came from, as far as bindings tell messages apart.
 *
 * @param workspace the empty string if none is known
 * @param campaignId null for a broadcast, whatever else its events name
 * @param broadcastId null for a campaign
 */
public record MessageOrigin(String org, String workspace, String campaignId, String broadcastId) {

  public MessageOrigin {
    campaignId = broadcastId == null ? campaignId : null;
  }
}
