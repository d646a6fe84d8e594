package dev.copyloop.stack.traffic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.stack.replay.Authentication;
import dev.copyloop.stack.replay.ReplayRequest;
import dev.copyloop.stack.setup.OrgAccess;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Makes the requests of one org: generate calls, signed reporting webhooks, custom events. */
public final class Traffic {
  private final Campaign campaign;
  private final Authentication key;
  private final Authentication signature;
  private final String generatePath;
  private final String webhookPath;
  private final String eventsPath;

  public Traffic(Campaign campaign, OrgAccess access) {
    this.campaign = campaign;
    this.key = Authentication.apiKey(access.apiKey());
    this.signature = access.signature();
    this.generatePath = "/api/generate/" + access.org();
    this.webhookPath = "/api/webhook/cio/" + access.org();
    this.eventsPath = "/api/webhook/events/" + access.org();
  }

  /** A generate call for this template; {@code more} adds members. */
  public ReplayRequest generate(
      String userId, String trackingId, long occurredAt, Consumer<ObjectNode> more) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("template_id", campaign.template());
    body.put("user_id", userId);
    body.put("tracking_id", trackingId);
    body.put("occurred_at", occurredAt);
    more.accept(body);
    return new ReplayRequest(trackingId, generatePath, key, bytes(body));
  }

  /**
   * A reporting webhook about an email of this campaign.
   *
   * @param timestamp unix seconds
   * @param more adds members to {@code data}
   */
  public ReplayRequest email(
      String eventId, String metric, long timestamp, Message message, Consumer<ObjectNode> more) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.put("action_id", message.actionId());
    data.put("campaign_id", campaign.campaign());
    data.put("customer_id", message.customerId());
    data.put("delivery_id", message.deliveryId());
    data.putObject("identifiers").put("id", message.customerId());
    data.put("journey_id", message.journeyId());
    data.put("recipient", message.recipient());
    data.put("subject", "A message for you");
    more.accept(data);
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("data", data);
    body.put("event_id", eventId);
    body.put("metric", metric);
    body.put("object_type", "email");
    body.put("timestamp", timestamp);
    return webhook(eventId, bytes(body));
  }

  /** A reporting webhook with any bytes. */
  public ReplayRequest webhook(String id, byte[] body) {
    return new ReplayRequest(id, webhookPath, signature, body);
  }

  /** A purchase that the client reports by itself; {@code timestamp} in unix seconds. */
  public ReplayRequest purchase(String id, String userId, long timestamp, BigDecimal value) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("id", id);
    body.put("user_id", userId);
    body.put("name", "purchase");
    body.put("timestamp", timestamp);
    body.putObject("properties").put("value", value).put("currency", "USD");
    return new ReplayRequest(id, eventsPath, key, bytes(body));
  }

  private static byte[] bytes(ObjectNode body) {
    try {
      return Json.mapper().writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write a body", e);
    }
  }
}
