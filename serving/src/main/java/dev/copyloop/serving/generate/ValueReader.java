package dev.copyloop.serving.generate;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.copyloop.events.json.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Reads one value at the parser's current token, in the two forms that generate needs: as recorded
 * text, and as a value that Liquid can print. Blank text and null are null in both. The last of
 * duplicate keys wins at every level. The parser bounds the depth.
 */
final class ValueReader {
  private ValueReader() {}

  /** Strings verbatim, numbers as written, true / false, objects and arrays as compact JSON. */
  static String text(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_NULL -> null;
      case START_OBJECT, START_ARRAY -> compact(liquid(json));
      case VALUE_STRING -> blankToNull(Json.wellFormed(json.getText()));
      default -> json.getText();
    };
  }

  static String blankToNull(String text) {
    return text.isBlank() ? null : text;
  }

  /** A string, number, boolean, list or map. */
  static Object liquid(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_NULL -> null;
      case START_OBJECT -> map(json);
      case START_ARRAY -> list(json);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_STRING -> Json.wellFormed(json.getText());
      default -> new WrittenNumber(json.getText());
    };
  }

  /**
   * The same value with blank text in it as absent as it is at the top: left out of maps, null in
   * lists, where the others keep their places. Null for what is blank itself. A number that can't
   * be computed with is its text.
   */
  static Object present(Object value) {
    if (value instanceof String text) {
      return blankToNull(text);
    }
    if (value instanceof List<?> list) {
      List<Object> items = new ArrayList<>();
      list.forEach(item -> items.add(present(item)));
      return items;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> members = new LinkedHashMap<>();
      map.forEach((name, member) -> members.put((String) name, present(member)));
      members.values().removeIf(Objects::isNull);
      return members;
    }
    return value instanceof WrittenNumber number && number.isOutsized() ? number.written() : value;
  }

  private static Map<String, Object> map(JsonParser json) throws IOException {
    Map<String, Object> map = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = Json.wellFormed(json.currentName());
      json.nextToken();
      map.put(name, liquid(json));
    }
    return map;
  }

  private static List<Object> list(JsonParser json) throws IOException {
    List<Object> list = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      list.add(liquid(json));
    }
    return list;
  }

  private static String compact(Object value) throws IOException {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = Json.factory().createGenerator(out)) {
      write(json, value);
    }
    return out.toString();
  }

  private static void write(JsonGenerator json, Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> member : map.entrySet()) {
        json.writeFieldName((String) member.getKey());
        write(json, member.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object item : list) {
        write(json, item);
      }
      json.writeEndArray();
    } else {
      writeScalar(json, value);
    }
  }

  private static void writeScalar(JsonGenerator json, Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof WrittenNumber number) {
      json.writeNumber(number.written());
    } else {
      json.writeString((String) value);
    }
  }
}
