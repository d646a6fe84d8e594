package dev.copyloop.events.custom;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.copyloop.events.json.Json;
import dev.copyloop.events.json.JsonText;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The members of one JSON object; those that were not taken are its rest. The last name wins. */
final class ItemMembers {
  private final Map<String, String> texts = new HashMap<>();
  private final TreeMap<String, String> json = new TreeMap<>();

  private ItemMembers() {}

  static ItemMembers none() {
    return new ItemMembers();
  }

  /** Reads the object that the parser has just entered. */
  static ItemMembers read(JsonParser parser) throws IOException {
    ItemMembers members = new ItemMembers();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      members.texts.remove(name);
      if (value.isScalarValue() && value != JsonToken.VALUE_NULL && !parser.getText().isBlank()) {
        members.texts.put(name, parser.getText());
      }
      members.json.put(name, JsonText.copy(parser));
    }
    return members;
  }

  /** Reads an object from its JSON text. */
  static ItemMembers ofObject(String text) throws IOException {
    try (JsonParser parser = Json.factory().createParser(text)) {
      parser.nextToken();
      return read(parser);
    }
  }

  /** A scalar's text, which then is not of the rest; empty if absent, null or blank. */
  Optional<String> take(String name) {
    Optional<String> text = peek(name);
    if (text.isPresent()) {
      json.remove(name);
    }
    return text;
  }

  /** A scalar's text. */
  Optional<String> peek(String name) {
    return Optional.ofNullable(texts.get(name));
  }

  /** A member that is an object, as JSON text. */
  Optional<String> objectText(String name) {
    return Optional.ofNullable(json.get(name)).filter(text -> text.startsWith("{"));
  }

  /** A member that is an object, which then is not of the rest; no members if it is none. */
  ItemMembers takeObject(String name) throws IOException {
    Optional<String> text = objectText(name);
    if (text.isEmpty()) {
      return none();
    }
    json.remove(name);
    return ofObject(text.get());
  }

  /** Removes a member that is an object. */
  void drop(String name) {
    if (objectText(name).isPresent()) {
      json.remove(name);
    }
  }

  /** Adds to the rest. */
  void keep(String name, String jsonText) {
    json.put(name, jsonText);
  }

  /** What was not taken, as JSON text by name, sorted. */
  Map<String, String> rest() {
    return json;
  }
}
