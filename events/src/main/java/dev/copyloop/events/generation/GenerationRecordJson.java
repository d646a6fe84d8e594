package dev.copyloop.events.generation;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.copyloop.events.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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
    json.writeStringField("generation_id", generation.generationId());
    json.writeStringField("call_id", generation.callId());
    json.writeStringField("org", generation.org());
    json.writeStringField("template_id", generation.templateId());
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
    json.writeStringField("arm", generation.arm().label());
    json.writeStringField("copy_id", generation.copyId());
    writeMap(json, "vars", generation.vars());
    writeMap(json, "attrs", generation.attrs());
    json.writeNumberField("propensity", generation.propensity());
    json.writeStringField("policy_version", generation.policyVersion());
    json.writeStringField("draw", generation.draw().name().toLowerCase(Locale.ROOT));
    writeOptional(json, "fallback", generation.fallback().map(FallbackReason::label));
    json.writeBooleanField("forced", generation.forced());
    json.writeBooleanField("test", generation.test());
    json.writeBooleanField("replayed", generation.replayed());
  }

  private static void writeOptional(JsonGenerator json, String name, Optional<String> value)
      throws IOException {
    if (value.isPresent()) {
      json.writeStringField(name, value.get());
    }
  }

  private static void writeMap(JsonGenerator json, String name, Map<String, String> map)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, String> entry : new TreeMap<>(map).entrySet()) {
      json.writeStringField(entry.getKey(), entry.getValue());
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
    Members members = new Members();
    try (JsonParser json = Json.factory().createParser(utf8)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("Invalid generation: not a JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        members.read(json.currentName(), json);
      }
    }
    try {
      return members.generation();
    } catch (IllegalArgumentException e) {
      throw new IOException("Invalid generation: " + e.getMessage(), e);
    }
  }

  /** The members met so far of one record: scalars as text, maps apart. */
  private static final class Members {
    private final Map<String, String> scalars = new HashMap<>();
    private Map<String, String> vars;
    private Map<String, String> attrs;

    void read(String name, JsonParser json) throws IOException {
      JsonToken value = json.nextToken();
      if (value == JsonToken.START_OBJECT) {
        Map<String, String> map = readMap(json);
        switch (name) {
          case "vars" -> vars = map;
          case "attrs" -> attrs = map;
          default -> {
            // An unknown object: a later release's.
          }
        }
      } else if (value == JsonToken.START_ARRAY) {
        json.skipChildren();
      } else if (value != JsonToken.VALUE_NULL) {
        scalars.put(name, json.getText());
      }
    }

    private static Map<String, String> readMap(JsonParser json) throws IOException {
      Map<String, String> map = new LinkedHashMap<>();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String key = json.currentName();
        if (json.nextToken().isScalarValue()) {
          map.put(key, json.getText());
        } else {
          json.skipChildren();
        }
      }
      return map;
    }

    GenerationRecord generation() throws IOException {
      return new GenerationRecord(
          required("generation_id"),
          required("call_id"),
          required("org"),
          required("template_id"),
          Long.parseLong(required("decided_at")),
          Long.parseLong(required("occurred_at")),
          optional("user_id"),
          optional("tracking_id"),
          optional("workspace"),
          optional("campaign_id"),
          optional("webhook_action_id"),
          Arm.of(required("arm")),
          required("copy_id"),
          requiredMap("vars", vars),
          requiredMap("attrs", attrs),
          Double.parseDouble(required("propensity")),
          required("policy_version"),
          GenerationRecord.Draw.valueOf(required("draw").toUpperCase(Locale.ROOT)),
          optional("fallback").map(FallbackReason::of),
          optional("idempotency_key"),
          flag("forced"),
          flag("test"),
          flag("replayed"));
    }

    private String required(String name) throws IOException {
      String value = scalars.get(name);
      if (value == null) {
        throw new IOException("Invalid generation: no " + name);
      }
      return value;
    }

    private static Map<String, String> requiredMap(String name, Map<String, String> map)
        throws IOException {
      if (map == null) {
        throw new IOException("Invalid generation: no " + name);
      }
      return map;
    }

    private Optional<String> optional(String name) {
      return Optional.ofNullable(scalars.get(name));
    }

    private boolean flag(String name) throws IOException {
      return Boolean.parseBoolean(required(name));
    }
  }
}
