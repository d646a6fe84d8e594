package dev.copyloop.serving.hydrate;

import java.util.Map;

/**
 * A person's personalization fields: strings, numbers, booleans, lists and maps by name. Blank and
 * null values are not in it. Immutable.
 */
public record Fields(Map<String, Object> values) {
  /** No fields at all. */
  public static final Fields NONE = new Fields(Map.of());

  /** Whether the value at a path such as {@code company.name} is there and is not blank. */
  public boolean has(String path) {
    Object value = values;
    int start = 0;
    while (true) {
      if (!(value instanceof Map<?, ?> map)) {
        return false;
      }
      int dot = path.indexOf('.', start);
      value = map.get(dot < 0 ? path.substring(start) : path.substring(start, dot));
      if (dot < 0) {
        return isPresent(value);
      }
      start = dot + 1;
    }
  }

  private static boolean isPresent(Object value) {
    return value != null && !(value instanceof String text && text.isBlank());
  }
}
