package dev.copyloop.serving.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.copyloop.events.json.Json;
import java.util.List;

/** JSON arrays of texts, as PostgreSQL takes them. */
final class Texts {
  private Texts() {}

  static ArrayNode array(List<String> texts) {
    ArrayNode array = Json.mapper().createArrayNode();
    texts.forEach(array::add);
    return array;
  }

  static String json(List<String> texts) {
    return array(texts).toString();
  }
}
