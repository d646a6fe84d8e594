package dev.copyloop.serving.activity;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.copyloop.events.json.Json;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an event of Customer.io is about, read loosely; what is no plain word or number is not
 * there.
 *
 * @param metric object type and metric, such as {@code email_sent}
 * @param use {@code campaign} or {@code broadcast}
 */
record WebhookFacts(String metric, String use, String useId, String actionId) {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.-]{1,60}");

  /** Reads a body; empty if it is no event of a campaign's or broadcast's action. */
  static Optional<WebhookFacts> read(byte[] body) {
    Map<String, String> members = new HashMap<>();
    try (JsonParser json = Json.factory().createParser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      read(json, members, true);
    } catch (IOException e) {
      return Optional.empty();
    }
    String use = members.containsKey("broadcast_id") ? "broadcast" : "campaign";
    String useId = members.get(use + "_id");
    String metric = members.get("metric");
    return useId == null || metric == null
        ? Optional.empty()
        : Optional.of(
            new WebhookFacts(
                members.get("object_type") + "_" + metric,
                use,
                useId,
                members.getOrDefault("action_id", "")));
  }

  private static void read(JsonParser json, Map<String, String> members, boolean isEvent)
      throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (value == JsonToken.START_OBJECT && isEvent && "data".equals(name)) {
        read(json, members, false);
      } else if (value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT) {
        if (isFact(name) && PLAIN.matcher(json.getText()).matches()) {
          members.put(name, json.getText());
        }
      } else {
        json.skipChildren();
      }
    }
  }

  private static boolean isFact(String name) {
    return switch (name) {
      case "object_type", "metric", "campaign_id", "broadcast_id", "action_id" -> true;
      default -> false;
    };
  }
}
