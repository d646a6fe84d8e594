package dev.copyloop.serving.generate;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.copyloop.events.json.Json;
import dev.copyloop.serving.hydrate.Fields;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the body of generate in one streaming pass. A body that breaks off or is no JSON gives what
 * could be read up to there, marked malformed: Customer.io's Liquid makes such bodies when a name
 * holds a quote. Not thread-safe: one per body.
 */
final class GenerateRequestParser {
  private String templateId;
  private String userId;
  private String trackingId;
  private String copyId;
  private boolean test;
  private String occurredAt;
  private String propensity;
  private Map<String, String> attrs = Map.of();
  private Map<String, Object> fields = Map.of();
  private boolean malformed;

  private GenerateRequestParser() {}

  /** Reads a body. */
  static GenerateRequest parse(byte[] body) {
    GenerateRequestParser parser = new GenerateRequestParser();
    try (JsonParser json = Json.factory().createParser(body)) {
      parser.document(json);
    } catch (IOException e) {
      parser.malformed = true;
    }
    if (parser.malformed && parser.templateId == null) {
      parser.templateId = TemplateIdScan.find(body).orElse(null);
    }
    return parser.request();
  }

  /** Reads one request of a batch, at its first token; {@code IOException} if it is no JSON. */
  static GenerateRequest item(JsonParser json) throws IOException {
    GenerateRequestParser parser = new GenerateRequestParser();
    if (json.currentToken() == JsonToken.START_OBJECT) {
      parser.members(json);
    } else {
      parser.malformed = true;
      json.skipChildren();
    }
    return parser.request();
  }

  private void document(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      malformed = true;
      return;
    }
    members(json);
    malformed |= json.nextToken() != null;
  }

  private void members(JsonParser json) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      member(name, json);
    }
  }

  private void member(String name, JsonParser json) throws IOException {
    switch (name) {
      case "template_id" -> templateId = ValueReader.text(json);
      case "user_id" -> userId = ValueReader.text(json);
      case "tracking_id" -> trackingId = ValueReader.text(json);
      case "copy_id" -> copyId = ValueReader.text(json);
      case "test" -> test = "true".equals(ValueReader.text(json));
      case "occurred_at" -> occurredAt = ValueReader.text(json);
      case "propensity" -> propensity = ValueReader.text(json);
      case "attrs" -> attrs = attrs(json);
      case "fields" -> fields = fields(json);
      default -> json.skipChildren();
    }
  }

  private Map<String, String> attrs(JsonParser json) throws IOException {
    Map<String, String> read = new HashMap<>();
    if (isObject(json)) {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = Json.wellFormed(json.currentName());
        json.nextToken();
        put(read, name, ValueReader.text(json));
      }
    }
    return read;
  }

  private Map<String, Object> fields(JsonParser json) throws IOException {
    Map<String, Object> read = new HashMap<>();
    if (isObject(json)) {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        put(read, name, ValueReader.present(ValueReader.liquid(json)));
      }
    }
    return read;
  }

  /** The last of duplicate keys wins, also when it says that the value is absent. */
  private static <T> void put(Map<String, T> map, String name, T value) {
    if (value == null) {
      map.remove(name);
    } else {
      map.put(name, value);
    }
  }

  /** False for null and blank text, which mean absent; any other value is no set of values. */
  private boolean isObject(JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.START_OBJECT) {
      return true;
    }
    malformed |= ValueReader.text(json) != null;
    return false;
  }

  /** Of a malformed body only the ids are taken: the rest may be cut anywhere. */
  private GenerateRequest request() {
    if (malformed) {
      attrs = Map.of();
      fields = Map.of();
    }
    return new GenerateRequest(
        Optional.ofNullable(templateId),
        Optional.ofNullable(userId),
        Optional.ofNullable(trackingId),
        attrs,
        matching(attrs),
        new Fields(fields),
        Optional.ofNullable(copyId).map(id -> id.toLowerCase(Locale.ROOT)),
        test,
        Optional.ofNullable(occurredAt),
        Optional.ofNullable(propensity),
        malformed);
  }

  static Map<String, String> matching(Map<String, String> attrs) {
    Map<String, String> lower = new HashMap<>();
    attrs.forEach((name, value) -> lower.put(name, value.toLowerCase(Locale.ROOT)));
    return lower;
  }
}
