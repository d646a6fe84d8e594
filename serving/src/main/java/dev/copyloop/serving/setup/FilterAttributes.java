package dev.copyloop.serving.setup;

import com.fasterxml.jackson.databind.JsonNode;
import dev.copyloop.events.settings.Template;
import java.util.Set;
import java.util.TreeSet;

/** Which attributes a template's filters look at. */
final class FilterAttributes {
  private FilterAttributes() {}

  static Set<String> of(Template template) {
    Set<String> names = new TreeSet<>();
    template
        .variants()
        .forEach(variant -> variant.filter().ifPresent(filter -> collect(filter, names)));
    return names;
  }

  private static void collect(JsonNode node, Set<String> names) {
    if (node.has("attr")) {
      names.add(node.get("attr").asText());
    }
    node.forEach(child -> collect(child, names));
  }
}
