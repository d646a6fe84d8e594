package dev.copyloop.serving.generate;

import dev.copyloop.serving.hydrate.Fields;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The same call as a query: {@code template_id=…&attrs.plan=pro&fields.first_name=Ann}. The last of
 * duplicate names wins.
 */
final class QueryForm {
  private static final String ATTRS = "attrs.";
  private static final String FIELDS = "fields.";

  private QueryForm() {}

  /**
   * Reads a query.
   *
   * @param query as it stands in the request line
   */
  static GenerateRequest parse(String query) {
    Map<String, String> members = new HashMap<>();
    Map<String, String> attrs = new HashMap<>();
    Map<String, Object> fields = new HashMap<>();
    FormText.read(
        query,
        (name, value) -> {
          if (name.startsWith(ATTRS)) {
            put(attrs, name.substring(ATTRS.length()), value);
          } else if (name.startsWith(FIELDS)) {
            put(fields, name.substring(FIELDS.length()), value);
          } else {
            put(members, name, value);
          }
        });
    return new GenerateRequest(
        member(members, "template_id"),
        member(members, "user_id"),
        member(members, "tracking_id"),
        attrs,
        GenerateRequestParser.matching(attrs),
        new Fields(fields),
        member(members, "copy_id").map(id -> id.toLowerCase(Locale.ROOT)),
        "true".equals(members.get("test")),
        member(members, "occurred_at"),
        member(members, "propensity"),
        false);
  }

  private static void put(Map<String, ? super String> map, String name, String value) {
    if (value.isBlank()) {
      map.remove(name);
    } else {
      map.put(name, value);
    }
  }

  private static Optional<String> member(Map<String, String> members, String name) {
    return Optional.ofNullable(members.get(name));
  }
}
