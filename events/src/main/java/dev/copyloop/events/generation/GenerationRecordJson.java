package dev.copyloop.events.generation;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.copyloop.events.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.EnumMap;
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
    private static final Object OTHER = new Object();

    /** An object of strings. */
    private record Texts(Map<String, String> byName) {}

    private final Map<GenerationMember, Object> values = new EnumMap<>(GenerationMember.class);

    void read(String name, JsonParser json) throws IOException {
      GenerationMember member = GenerationMember.of(name);
      JsonToken token = json.nextToken();
      if (member == null) {
        json.skipChildren();
      } else {
        values.put(member, value(token, json));
      }
    }

    private static Object value(JsonToken token, JsonParser json) throws IOException {
      return switch (token) {
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
          text(GenerationMember.GENERATION_ID),
          text(GenerationMember.CALL_ID),
          text(GenerationMember.ORG),
          text(GenerationMember.TEMPLATE_ID),
          millis(GenerationMember.DECIDED_AT),
          millis(GenerationMember.OCCURRED_AT),
          optional(GenerationMember.USER_ID),
          optional(GenerationMember.TRACKING_ID),
          optional(GenerationMember.WORKSPACE),
          optional(GenerationMember.CAMPAIGN_ID),
          optional(GenerationMember.WEBHOOK_ACTION_ID),
          labelled(GenerationMember.ARM, Arm::of),
          text(GenerationMember.COPY_ID),
          texts(GenerationMember.VARS),
          isAbsent(GenerationMember.VARS_RENDERED)
              ? Optional.empty()
              : Optional.of(texts(GenerationMember.VARS_RENDERED)),
          texts(GenerationMember.ATTRS),
          required(GenerationMember.PROPENSITY, Number.class, "a number").doubleValue(),
          text(GenerationMember.POLICY_VERSION),
          labelled(GenerationMember.DRAW, Members::draw),
          isAbsent(GenerationMember.FALLBACK)
              ? Optional.empty()
              : Optional.of(labelled(GenerationMember.FALLBACK, FallbackReason::of)),
          optional(GenerationMember.IDEMPOTENCY_KEY),
          flag(GenerationMember.FORCED),
          flag(GenerationMember.TEST),
          flag(GenerationMember.REPLAYED));
    }

    private static GenerationRecord.Draw draw(String label) {
      return GenerationRecord.Draw.valueOf(label.toUpperCase(Locale.ROOT));
    }

    private boolean isAbsent(GenerationMember member) {
      return values.get(member) == null;
    }

    private <T> T required(GenerationMember member, Class<T> type, String expected)
        throws IOException {
      Object value = values.get(member);
      if (value == null) {
        throw new IOException("Invalid generation: no " + member.label());
      }
      if (!type.isInstance(value)) {
        throw new IOException(
            "Invalid generation: %s is not %s".formatted(member.label(), expected));
      }
      return type.cast(value);
    }

    private String text(GenerationMember member) throws IOException {
      return required(member, String.class, "a string");
    }

    private Optional<String> optional(GenerationMember member) throws IOException {
      return isAbsent(member) ? Optional.empty() : Optional.of(text(member));
    }

    private boolean flag(GenerationMember member) throws IOException {
      return required(member, Boolean.class, "true or false");
    }

    private long millis(GenerationMember member) throws IOException {
      Number number = required(member, Number.class, "a number");
      if (!(number instanceof Long || number instanceof Integer)) {
        throw new IOException(
            "Invalid generation: %s is not a whole number of milliseconds"
                .formatted(member.label()));
      }
      return number.longValue();
    }

    private Map<String, String> texts(GenerationMember member) throws IOException {
      return required(member, Texts.class, "an object of strings").byName();
    }

    private <T> T labelled(GenerationMember member, Function<String, T> parser) throws IOException {
      String label = text(member);
      try {
        return parser.apply(label);
      } catch (IllegalArgumentException e) {
        throw new IOException(
            "Invalid generation: unknown %s '%s'".formatted(member.label(), label), e);
      }
    }
  }
}
