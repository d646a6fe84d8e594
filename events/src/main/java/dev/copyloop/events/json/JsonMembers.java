package dev.copyloop.events.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Typed access to the members of a JSON object, for documents that are small. Every method throws
 * {@link IllegalArgumentException} that names the member if it is missing or of another type.
 */
public final class JsonMembers {
  private JsonMembers() {}

  /** The member, which must be there and not null. */
  public static JsonNode required(JsonNode node, String name) {
    JsonNode value = node.get(name);
    if (value == null || value.isNull()) {
      throw new IllegalArgumentException("no " + name + " in " + abbreviated(node));
    }
    return value;
  }

  /** A string. */
  public static String text(JsonNode node, String name) {
    JsonNode value = required(node, name);
    require(value.isTextual(), name, "a string", node);
    return value.asText();
  }

  /** A whole number. */
  public static long wholeNumber(JsonNode node, String name) {
    JsonNode value = required(node, name);
    require(value.isIntegralNumber() && value.canConvertToLong(), name, "a whole number", node);
    return value.asLong();
  }

  /** True or false. */
  public static boolean flag(JsonNode node, String name) {
    JsonNode value = required(node, name);
    require(value.isBoolean(), name, "true or false", node);
    return value.asBoolean();
  }

  /** A string; empty if it is absent or null. */
  public static Optional<String> optional(JsonNode node, String name) {
    return node.hasNonNull(name) ? Optional.of(text(node, name)) : Optional.empty();
  }

  /** The constant whose name in lower case is the member's text. */
  public static <E extends Enum<E>> E label(Class<E> type, JsonNode node, String name) {
    return parsed(node, name, label -> Enum.valueOf(type, label.toUpperCase(Locale.ROOT)));
  }

  /** A string that the parser takes; it may throw {@code IllegalArgumentException} and its like. */
  public static <T> T parsed(JsonNode node, String name, Function<String, T> parser) {
    String text = text(node, name);
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IllegalArgumentException(
          "unknown %s '%s' in %s".formatted(name, text, abbreviated(node)), e);
    }
  }

  /** An object of strings, in its order. */
  public static Map<String, String> texts(JsonNode node, String name) {
    JsonNode object = required(node, name);
    require(object.isObject(), name, "an object of strings", node);
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      require(member.getValue().isTextual(), name, "an object of strings", node);
      texts.put(member.getKey(), member.getValue().asText());
    }
    return texts;
  }

  /** An array of strings; empty if it is absent or null. */
  public static List<String> strings(JsonNode node, String name) {
    List<String> strings = new ArrayList<>();
    for (JsonNode item : array(node, name)) {
      require(item.isTextual(), name, "an array of strings", node);
      strings.add(item.asText());
    }
    return strings;
  }

  /** An array of objects; empty if it is absent or null. */
  public static <T> List<T> list(JsonNode node, String name, Function<JsonNode, T> read) {
    List<T> items = new ArrayList<>();
    for (JsonNode item : array(node, name)) {
      require(item.isObject(), name, "an array of objects", node);
      items.add(read.apply(item));
    }
    return items;
  }

  /** Empty if it is absent. */
  private static Iterable<JsonNode> array(JsonNode node, String name) {
    if (!node.hasNonNull(name)) {
      return List.of();
    }
    require(node.get(name).isArray(), name, "an array", node);
    return node.get(name);
  }

  private static void require(boolean holds, String name, String expected, JsonNode node) {
    if (!holds) {
      throw new IllegalArgumentException(
          "%s is not %s in %s".formatted(name, expected, abbreviated(node)));
    }
  }

  private static String abbreviated(JsonNode node) {
    String text = node.toString();
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
