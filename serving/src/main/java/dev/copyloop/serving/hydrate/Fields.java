package dev.copyloop.serving.hydrate;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A person's personalization fields: strings, numbers, booleans, lists and maps by name. Blank and
 * null values are not in it. Immutable.
 */
public record Fields(Map<String, Object> values) {
  /** No fields at all. */
  public static final Fields NONE = new Fields(Map.of());

  /**
   * Whether the value at a path such as {@code company.name} is there and prints something: it is
   * no blank text, and no empty list or map.
   */
  public boolean has(String path) {
    Object value = values;
    for (int start = 0; value != null; ) {
      int dot = path.indexOf('.', start);
      if (dot < 0) {
        return isPresent(member(value, path.substring(start)));
      }
      value = member(value, path.substring(start, dot));
      start = dot + 1;
    }
    return false;
  }

  /** A member as Liquid looks it up; null if there is none. */
  private static Object member(Object value, String name) {
    if (value instanceof Map<?, ?> map) {
      return map.get(name);
    }
    if (!(value instanceof List<?> items) || items.isEmpty()) {
      return null;
    }
    return switch (name) {
      case "first" -> items.get(0);
      case "last" -> items.get(items.size() - 1);
      case "size" -> items.size();
      default -> null;
    };
  }

  private static boolean isPresent(Object value) {
    if (value instanceof String text) {
      return !text.isBlank();
    }
    if (value instanceof Collection<?> items) {
      return !items.isEmpty();
    }
    return value instanceof Map<?, ?> map ? !map.isEmpty() : value != null;
  }
}
