package dev.copyloop.events.landing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.copyloop.events.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/** Writes and reads {@link WriterMark} as a JSON object. Unknown members are skipped. */
public final class WriterMarkJson {
  private WriterMarkJson() {}

  /** The mark's JSON, UTF-8. */
  public static byte[] write(WriterMark mark) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("writer", mark.writer().toString());
    node.put("epoch", mark.epoch());
    node.put("sealed_through", mark.sealedThrough().toString());
    node.put("published_at", mark.publishedAt().toString());
    node.put("state", mark.state().name().toLowerCase(Locale.ROOT));
    return node.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads a mark.
   *
   * @throws IOException if it is not JSON, or a member is missing or wrong; the message names it
   */
  public static WriterMark read(byte[] utf8) throws IOException {
    JsonNode node = Json.mapper().readTree(utf8);
    try {
      return new WriterMark(
          UUID.fromString(text(node, "writer")),
          Long.parseLong(text(node, "epoch")),
          Instant.parse(text(node, "sealed_through")),
          Instant.parse(text(node, "published_at")),
          WriterMark.State.valueOf(text(node, "state").toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IOException("Invalid writer mark: " + e.getMessage(), e);
    }
  }

  private static String text(JsonNode node, String name) {
    JsonNode value = node.get(name);
    if (value == null || !value.isValueNode() || value.isNull()) {
      throw new IllegalArgumentException("no " + name);
    }
    return value.asText();
  }
}
