package dev.copyloop.jobs.inbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.copyloop.events.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** Builds the JSON of one event from the columns of a row. Not thread-safe. */
final class EventObject {
  private static final String PROPERTIES = "properties";
  private static final String PROPERTY = PROPERTIES + ".";
  private static final Set<String> KNOWN =
      Set.of(
          "id",
          "event_id",
          "user_id",
          "name",
          "event_name",
          "timestamp",
          "event_timestamp",
          "value",
          "currency",
          "copy_id",
          "tracking_id",
          PROPERTIES);

  private final ObjectNode node = Json.mapper().createObjectNode();
  private boolean contradictory;

  /** The member that a column stands for: names with a meaning are taken in any case. */
  static String memberOf(String column) {
    String name = column.strip();
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.startsWith(PROPERTY)) {
      return PROPERTY + name.substring(PROPERTY.length());
    }
    return KNOWN.contains(lower) ? lower : name;
  }

  /** Adds a text; a blank one is absent. */
  void text(String member, String text) {
    if (text.isBlank()) {
      return;
    }
    JsonNode object = member.equals(PROPERTIES) ? object(text) : null;
    value(member, object != null ? object : Json.mapper().getNodeFactory().textNode(text));
  }

  /** Adds a value; null is absent. */
  void value(String member, JsonNode value) {
    if (value.isNull()) {
      return;
    }
    if (member.startsWith(PROPERTY)) {
      property(member.substring(PROPERTY.length()), value);
    } else if (member.equals(PROPERTIES) && value instanceof ObjectNode properties) {
      properties.properties().forEach(each -> property(each.getKey(), each.getValue()));
    } else {
      contradictory |= member.equals(PROPERTIES) && node.has(PROPERTIES);
      node.set(member, value);
    }
  }

  /** Adds a property to those of other columns, unless one of these holds no object. */
  private void property(String name, JsonNode value) {
    if (node.has(PROPERTIES) && !node.get(PROPERTIES).isObject()) {
      contradictory = true;
    } else {
      node.withObjectProperty(PROPERTIES).set(name, value);
    }
  }

  /** A column of properties that holds a JSON object as text; null if it holds something else. */
  private static JsonNode object(String text) {
    try {
      JsonNode tree = Json.mapper().readTree(text);
      return tree.isObject() ? tree : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /** The row of that number with what was added; broken if its columns contradict each other. */
  InboxRow row(long number) {
    return contradictory
        ? InboxRow.broken(number, "properties holds no JSON object, and properties.… as well")
        : InboxRow.of(number, node.toString().getBytes(StandardCharsets.UTF_8));
  }
}
