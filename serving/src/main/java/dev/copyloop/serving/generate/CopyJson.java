package dev.copyloop.serving.generate;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.copyloop.events.generation.Arm;
import dev.copyloop.events.json.Json;
import dev.copyloop.serving.decide.Decision;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Writes the answer of generate: {@code {"copy":{…},"generation_id":"…"}}, and {@code
 * "control":true} after them for control.
 */
final class CopyJson {
  private static final byte[] HEAD = "{\"copy\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] MIDDLE = ",\"generation_id\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TAIL = "\"}".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CONTROL_TAIL =
      "\",\"control\":true}".getBytes(StandardCharsets.US_ASCII);

  private CopyJson() {}

  /** The copy: {@code {"id","template_id","vars"}}. */
  static byte[] write(String templateId, Decision decision) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    try (JsonGenerator json = Json.factory().createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("id", decision.variant().copyId());
      json.writeStringField("template_id", templateId);
      json.writeObjectFieldStart("vars");
      for (Map.Entry<String, String> text : decision.rendered().entrySet()) {
        json.writeStringField(text.getKey(), text.getValue());
      }
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write a copy to memory", e);
    }
    return out.toByteArray();
  }

  /** The whole answer around a copy. */
  static byte[] answer(byte[] copy, String generationId, Arm arm) {
    byte[] tail = arm == Arm.CONTROL ? CONTROL_TAIL : TAIL;
    byte[] id = generationId.getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream out =
        new ByteArrayOutputStream(
            HEAD.length + copy.length + MIDDLE.length + id.length + tail.length);
    out.writeBytes(HEAD);
    out.writeBytes(copy);
    out.writeBytes(MIDDLE);
    out.writeBytes(id);
    out.writeBytes(tail);
    return out.toByteArray();
  }
}
