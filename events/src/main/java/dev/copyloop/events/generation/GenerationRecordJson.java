package dev.copyloop.events.generation;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.copyloop.events.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes and reads {@link GenerationRecord} as a compact JSON object on one line. Unknown members
 * are skipped. Thread-safe.
 */
public final class GenerationRecordJson {
  private GenerationRecordJson() {}

  /** The record's JSON, UTF-8, without line feeds. */
  public static byte[] write(GenerationRecord generation) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = Json.factory().createGenerator(out)) {
      json.writeStartObject();
      writeIdentity(json, generation);
      writeDecision(json, generation);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write a generation to memory", e);
    }
    return out.toByteArray();
  }

  private static void writeIdentity(JsonGenerator json, GenerationRecord generation)
      throws IOException {
    writeText(json, "generation_id", generation.generationId());
    writeText(json, "call_id", generation.callId());
    writeText(json, "org", generation.org());
    writeText(json, "template_id", generation.templateId());
    json.writeNumberField("decided_at", generation.decidedAtMillis());
    json.writeNumberField("occurred_at", generation.occurredAtMillis());
    writeOptional(json, "user_id", generation.userId());
    writeOptional(json, "tracking_id", generation.trackingId());
    writeOptional(json, "idempotency_key", generation.idempotencyKey());
    writeOptional(json, "workspace", generation.workspace());
    writeOptional(json, "campaign_id", generation.campaignId());
    writeOptional(json, "webhook_action_id", generation.webhookActionId());
  }

  private static void writeDecision(JsonGenerator json, GenerationRecord generation)
      throws IOException {
    writeText(json, "arm", generation.arm().label());
    writeText(json, "copy_id", generation.copyId());
    writeMap(json, "vars", generation.vars());
    if (generation.varsRendered().isPresent()) {
      writeMap(json, "vars_rendered", generation.varsRendered().get());
    }
    writeMap(json, "attrs", generation.attrs());
    json.writeNumberField("propensity", generation.propensity());
    writeText(json, "policy_version", generation.policyVersion());
    writeText(json, "draw", generation.draw().name().toLowerCase(Locale.ROOT));
    writeOptional(json, "fallback", generation.fallback().map(FallbackReason::label));
    json.writeBooleanField("forced", generation.forced());
    json.writeBooleanField("test", generation.test());
    json.writeBooleanField("replayed", generation.replayed());
  }

  private static void writeOptional(JsonGenerator json, String name, Optional<String> value)
      throws IOException {
    if (value.isPresent()) {
      writeText(json, name, value.get());
    }
  }

  private static void writeText(JsonGenerator json, String name, String value) throws IOException {
    json.writeStringField(name, Json.wellFormed(value));
  }

  private static void writeMap(JsonGenerator json, String name, Map<String, String> map)
      throws IOException {
    json.writeObjectFieldStart(name);
    String[] names = map.keySet().toArray(String[]::new);
    Arrays.sort(names);
    for (String each : names) {
      writeText(json, Json.wellFormed(each), map.get(each));
    }
    json.writeEndObject();
  }

  /**
   * Reads a record.
   *
   * @throws IOException if it is not JSON, or a member that every record has is missing or wrong;
   *     the message names the member
   */
  public static GenerationRecord read(byte[] utf8) throws IOException {
    try (JsonParser json = Json.factory().createParser(utf8)) {
      json.nextToken();
      GenerationRecord generation = read(json);
      if (json.nextToken() != null) {
        throw new IOException("Invalid generation: something follows its object");
      }
      return generation;
    }
  }

  /**
   * Reads the record at whose first token the parser stands.
   *
   * @throws IOException as {@link #read(byte[])}
   */
  public static GenerationRecord read(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw new IOException("Invalid generation: not a JSON object");
    }
    Members members = new Members();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      members.read(json.currentName(), json);
    }
    try {
      return members.generation();
    } catch (IllegalArgumentException e) {
      throw new IOException("Invalid generation: " + e.getMessage(), e);
    }
  }

  /**
   * The members met so far of one record: {@code String}, {@code Number}, {@code Boolean}, {@link
   * Texts}, {@link #OTHER} for anything else.
   */
  private static final class Members {
    /** About as many as a record has. */
    private static final int COUNT = 24;

    private static final Object OTHER = new Object();

    /** An object of strings. */
    private record Texts(Map<String, String> byName) {}

    private final Map<String, Object> values = new HashMap<>(2 * COUNT);

    void read(String name, JsonParser json) throws IOException {
      JsonToken token = json.nextToken();
      Object value =
          switch (token) {
            case VALUE_NULL -> null;
            case VALUE_STRING -> json.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getNumberValue();
            case VALUE_TRUE, VALUE_FALSE -> token == JsonToken.VALUE_TRUE;
            case START_OBJECT -> readMap(json);
            default -> {
              json.skipChildren();
              yield OTHER;
            }
          };
      values.put(name, value);
    }

    private static Object readMap(JsonParser json) throws IOException {
      Map<String, String> map = new LinkedHashMap<>();
      boolean strings = true;
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String key = json.currentName();
        if (json.nextToken() == JsonToken.VALUE_STRING) {
          map.put(key, json.getText());
        } else {
          strings = false;
          json.skipChildren();
        }
      }
      return strings ? new Texts(map) : OTHER;
    }

    GenerationRecord generation() throws IOException {
      return new GenerationRecord(
          text("generation_id"),
          text("call_id"),
          text("org"),
          text("template_id"),
          millis("decided_at"),
          millis("occurred_at"),
          optional("user_id"),
          optional("tracking_id"),
          optional("workspace"),
          optional("campaign_id"),
          optional("webhook_action_id"),
          labelled("arm", Arm::of),
          text("copy_id"),
          texts("vars"),
          values.get("vars_rendered") == null
              ? Optional.empty()
              : Optional.of(texts("vars_rendered")),
          texts("attrs"),
          required("propensity", Number.class, "a number").doubleValue(),
          text("policy_version"),
          labelled("draw", Members::draw),
          values.get("fallback") == null
              ? Optional.empty()
              : Optional.of(labelled("fallback", FallbackReason::of)),
          optional("idempotency_key"),
          flag("forced"),
          flag("test"),
          flag("replayed"));
    }

    private static GenerationRecord.Draw draw(String label) {
      return GenerationRecord.Draw.valueOf(label.toUpperCase(Locale.ROOT));
    }

    private <T> T required(String name, Class<T> type, String expected) throws IOException {
      Object value = values.get(name);
      if (value == null) {
        throw new IOException("Invalid generation: no " + name);
      }
      if (!type.isInstance(value)) {
        throw new IOException("Invalid generation: %s is not %s".formatted(name, expected));
      }
      return type.cast(value);
    }

    private String text(String name) throws IOException {
      return required(name, String.class, "a string");
    }

    private Optional<String> optional(String name) throws IOException {
      return values.get(name) == null ? Optional.empty() : Optional.of(text(name));
    }

    private boolean flag(String name) throws IOException {
      return required(name, Boolean.class, "true or false");
    }

    private long millis(String name) throws IOException {
      Number number = required(name, Number.class, "a number");
      if (!(number instanceof Long || number instanceof Integer)) {
        throw new IOException(
            "Invalid generation: %s is not a whole number of milliseconds".formatted(name));
      }
      return number.longValue();
    }

    private Map<String, String> texts(String name) throws IOException {
      return required(name, Texts.class, "an object of strings").byName();
    }

    private <T> T labelled(String name, Function<String, T> parser) throws IOException {
      String label = text(name);
      try {
        return parser.apply(label);
      } catch (IllegalArgumentException e) {
        throw new IOException("Invalid generation: unknown %s '%s'".formatted(name, label), e);
      }
    }
  }
}
