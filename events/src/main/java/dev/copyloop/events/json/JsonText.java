package dev.copyloop.events.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/** Values kept as compact JSON text. */
public final class JsonText {
  private JsonText() {}

  /**
   * The parser's current value as compact JSON; numbers keep their value exactly. Leaves the parser
   * at the value's last token.
   */
  public static String copy(JsonParser json) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = Json.factory().createGenerator(text)) {
      generator.copyCurrentStructureExact(json);
    }
    return text.toString();
  }

  /** A JSON object of members whose values are JSON text already, in the map's order. */
  public static String object(Map<String, String> members) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = Json.factory().createGenerator(text)) {
      generator.writeStartObject();
      for (Map.Entry<String, String> member : members.entrySet()) {
        generator.writeFieldName(member.getKey());
        generator.writeRawValue(member.getValue());
      }
      generator.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write JSON to memory", e);
    }
    return text.toString();
  }

  /** What a parser complains about and where, without the text it met. */
  public static String problem(JsonProcessingException failure) {
    return failure.getLocation() == null
        ? failure.getClass().getSimpleName()
        : "%s at line %d, column %d"
            .formatted(
                failure.getClass().getSimpleName(),
                failure.getLocation().getLineNr(),
                failure.getLocation().getColumnNr());
  }
}
