package dev.copyloop.events.customerio;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.copyloop.events.json.Json;
import dev.copyloop.events.json.JsonText;
import dev.copyloop.events.lake.InvalidEventException;
import dev.copyloop.events.lake.QuarantineReason;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads {@link ReportingEvent} from a webhook's body. A member whose type its meaning excludes
 * stays absent and is kept with the unknown ones. Thread-safe.
 */
public final class ReportingEventJson {
  private static final Map<ReportingMember.Place, Map<String, ReportingMember>> BY_NAME = byName();

  private ReportingEventJson() {}

  private static Map<ReportingMember.Place, Map<String, ReportingMember>> byName() {
    Map<ReportingMember.Place, Map<String, ReportingMember>> places =
        new EnumMap<>(ReportingMember.Place.class);
    for (ReportingMember member : ReportingMember.values()) {
      places
          .computeIfAbsent(member.place(), place -> new HashMap<>())
          // As names are that Jackson read: a lookup then compares no characters.
          .put(member.jsonName().intern(), member);
    }
    places.get(ReportingMember.Place.ENVELOPE).put("object_type_type", ReportingMember.OBJECT_TYPE);
    return places;
  }

  /**
   * Reads a body.
   *
   * @throws InvalidEventException if it is not JSON, not an object, or has no metric
   */
  public static ReportingEvent read(byte[] utf8) throws IOException {
    try (JsonParser json = Json.factory().createParser(utf8)) {
      json.nextToken();
      Members members = members(json);
      if (json.nextToken() != null) {
        throw new InvalidEventException(QuarantineReason.NOT_JSON, "Text after the JSON object");
      }
      return members.event();
    } catch (JsonProcessingException e) {
      throw new InvalidEventException(
          QuarantineReason.NOT_JSON, "Not JSON: " + JsonText.problem(e), e);
    }
  }

  /**
   * Reads the body at whose first token the parser stands.
   *
   * @throws IOException as {@link #read(byte[])}
   */
  public static ReportingEvent read(JsonParser json) throws IOException {
    return members(json).event();
  }

  private static Members members(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw new InvalidEventException(QuarantineReason.INVALID_MEMBER, "Not a JSON object");
    }
    Members members = new Members();
    members.readObject(json, ReportingMember.Place.ENVELOPE);
    return members;
  }

  /** The members met so far of one body. */
  private static final class Members {
    private final Map<ReportingMember, String> texts = new EnumMap<>(ReportingMember.class);
    private Map<String, String> envelopeExtra = Map.of();
    private Map<String, String> dataExtra = Map.of();

    void readObject(JsonParser json, ReportingMember.Place place) throws IOException {
      Map<String, ReportingMember> known = BY_NAME.get(place);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        ReportingMember member = known.get(name);
        if (member == null) {
          readOther(json, place, name);
        } else if (value.isScalarValue() && hasItsType(member, value, json)) {
          read(member, value, json);
        } else {
          keep(place, name, JsonText.copy(json));
        }
      }
    }

    private void readOther(JsonParser json, ReportingMember.Place place, String name)
        throws IOException {
      boolean object = json.currentToken() == JsonToken.START_OBJECT;
      if (object && place == ReportingMember.Place.ENVELOPE && name.equals("data")) {
        readObject(json, ReportingMember.Place.DATA);
      } else if (object && place == ReportingMember.Place.DATA && name.equals("identifiers")) {
        readObject(json, ReportingMember.Place.IDENTIFIERS);
      } else {
        keep(place, name, JsonText.copy(json));
      }
    }

    private static boolean hasItsType(ReportingMember member, JsonToken value, JsonParser json)
        throws IOException {
      return !member.isFlag()
          || value.isBoolean()
          || value == JsonToken.VALUE_NULL
          || json.getText().equals("true")
          || json.getText().equals("false");
    }

    private void read(ReportingMember member, JsonToken value, JsonParser json) throws IOException {
      if (value == JsonToken.VALUE_NULL || json.getText().isBlank()) {
        texts.remove(member);
      } else {
        texts.put(member, json.getText());
      }
    }

    private void keep(ReportingMember.Place place, String name, String value) {
      switch (place) {
        case ENVELOPE -> {
          envelopeExtra = envelopeExtra.isEmpty() ? new TreeMap<>() : envelopeExtra;
          envelopeExtra.put(name, value);
        }
        case DATA -> keepData(name, value);
        case IDENTIFIERS -> keepData("identifiers." + name, value);
      }
    }

    private void keepData(String name, String value) {
      dataExtra = dataExtra.isEmpty() ? new TreeMap<>() : dataExtra;
      dataExtra.put(name, value);
    }

    ReportingEvent event() throws InvalidEventException {
      if (!texts.containsKey(ReportingMember.METRIC)) {
        throw new InvalidEventException(QuarantineReason.MISSING_MEMBER, "No metric");
      }
      return new ReportingEvent(texts, extra());
    }

    private Optional<String> extra() {
      if (envelopeExtra.isEmpty() && dataExtra.isEmpty()) {
        return Optional.empty();
      }
      Map<String, String> all = new TreeMap<>(envelopeExtra);
      if (!dataExtra.isEmpty()) {
        all.put("data", JsonText.object(dataExtra));
      }
      return Optional.of(JsonText.object(all));
    }
  }
}
