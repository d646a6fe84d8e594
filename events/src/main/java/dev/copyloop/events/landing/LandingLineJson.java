package dev.copyloop.events.landing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.copyloop.events.json.Json;
import dev.copyloop.events.json.JsonReader;
import dev.copyloop.events.json.StrictJson;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Writes and reads {@link LandingLine} as one line of NDJSON, without the line feed.
 *
 * <p>{@code body} or {@code body_base64} is always the last member, so that a JSON body can be cut
 * out of the line byte for byte. Unknown members are skipped. Thread-safe.
 */
public final class LandingLineJson {
  private static final JsonFactory FACTORY = Json.factory();

  private LandingLineJson() {}

  /** The line's bytes, UTF-8, without a line feed. */
  public static byte[] write(LandingLine line) {
    LandingLineBuffer buffer = new LandingLineBuffer();
    buffer.add(line);
    return Arrays.copyOf(buffer.bytes(), buffer.length());
  }

  /**
   * Reads one line, without its line feed.
   *
   * @throws IOException if it is not a landing line of a version this release knows; the message
   *     says what is wrong
   */
  public static LandingLine read(byte[] line) throws IOException {
    EnvelopeReader reader = new EnvelopeReader(line);
    reader.members();
    return reader.line();
  }

  /**
   * A line without its headers, and its body as it was read with it.
   *
   * @param value empty if the body is not inline
   */
  public record Read<T>(LandingLine line, Optional<T> value) {}

  /**
   * Reads one line, and its inline body by the same parser: each byte is looked at once. Headers,
   * which only verify a body, are passed over.
   *
   * @param body reads the body's value
   * @throws IOException if the line or its body can't be read; which of them, and why, {@link
   *     #read(byte[])} and then reading the body by itself tell
   */
  public static <T> Read<T> read(byte[] line, JsonReader<T> body) throws IOException {
    ReaderWithBody<T> reader = new ReaderWithBody<>(line, body);
    reader.members();
    return reader.read();
  }

  /** The members met so far of one line. */
  private static class EnvelopeReader {
    private final byte[] bytes;
    private Map<String, String> headers = Map.of();
    private long version;
    private String eventId;
    private String org;
    private String source;
    private long receivedAtMillis = -1;
    private String verified;
    private String workspace;
    private long bodyLength = -1;
    private String bodySha256;
    private LandedBody body;

    EnvelopeReader(byte[] bytes) {
      this.bytes = bytes;
    }

    final void members() throws IOException {
      try (JsonParser json = FACTORY.createParser(bytes)) {
        if (json.nextToken() != JsonToken.START_OBJECT) {
          throw new IOException("Invalid landing line: not a JSON object");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String name = json.currentName();
          json.nextToken();
          if (!name.equals("body")) {
            member(name, json);
          } else if (body(json)) {
            return;
          }
        }
        if (json.nextToken() != null) {
          throw new IOException("Invalid landing line: something follows its object");
        }
      }
    }

    private void member(String name, JsonParser json) throws IOException {
      switch (name) {
        case "v" -> version = number(name, json);
        case "event_id" -> eventId = text(name, json);
        case "org" -> org = text(name, json);
        case "source" -> source = text(name, json);
        case "received_at" -> receivedAtMillis = number(name, json);
        case "verified" -> verified = text(name, json);
        case "workspace" -> workspace = text(name, json);
        case "headers" -> readHeaders(json);
        case "body_length" -> bodyLength = number(name, json);
        case "body_sha256" -> bodySha256 = text(name, json);
        case "body_base64" -> body = binaryBody(json.getBinaryValue());
        default -> json.skipChildren();
      }
    }

    private static String text(String name, JsonParser json) throws IOException {
      requireText(name, json);
      return json.getText();
    }

    static void requireText(String name, JsonParser json) throws IOException {
      if (json.currentToken() != JsonToken.VALUE_STRING) {
        throw new IOException("Invalid landing line: " + name + " is not a string");
      }
    }

    private static long number(String name, JsonParser json) throws IOException {
      if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
        throw new IOException("Invalid landing line: " + name + " is not a whole number");
      }
      return json.getLongValue();
    }

    private void readHeaders(JsonParser json) throws IOException {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        throw new IOException("Invalid landing line: headers is not an object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        header(name, json);
      }
    }

    /** Takes the header at whose value the parser stands. */
    void header(String name, JsonParser json) throws IOException {
      headers = headers.isEmpty() ? new LinkedHashMap<>() : headers;
      headers.put(name, text(name, json));
    }

    private LandedBody binaryBody(byte[] kept) {
      return bodySha256 == null
          ? new LandedBody.Raw(kept)
          : new LandedBody.Truncated(kept, bodyLength, bodySha256);
    }

    /** Takes the body at whose first token the parser stands; whether the line is read with it. */
    boolean body(JsonParser json) throws IOException {
      if (bodyIsTheRest(json)) {
        return true;
      }
      int start = start(json);
      json.skipChildren();
      jsonBody(start, json);
      return false;
    }

    static int start(JsonParser json) {
      return (int) json.currentTokenLocation().getByteOffset();
    }

    /**
     * Takes all that is left, but for the line's last brace, as the body if it is one: so it lies
     * in all lines written here, and the parser need not go through it.
     */
    private boolean bodyIsTheRest(JsonParser json) {
      int start = start(json);
      int end = bytes.length - 1;
      if (bytes[end] != '}' || bytes[end - 1] <= ' ') {
        return false;
      }
      byte[] rest = Arrays.copyOfRange(bytes, start, end);
      if (!StrictJson.accepts(rest)) {
        return false;
      }
      body = new LandedBody.Json(rest);
      return true;
    }

    /** Takes all from there to the parser's token as the body. */
    final void jsonBody(int start, JsonParser json) throws IOException {
      json.finishToken();
      int end = (int) json.currentLocation().getByteOffset();
      body = new LandedBody.Json(Arrays.copyOfRange(bytes, start, end));
    }

    final LandingLine line() throws IOException {
      if (version != LandingLine.SCHEMA_VERSION) {
        throw new IOException(
            "Invalid landing line: version %d, this release reads %d"
                .formatted(version, LandingLine.SCHEMA_VERSION));
      }
      requireMember("event_id", eventId);
      requireMember("org", org);
      requireMember("source", source);
      requireMember("verified", verified);
      requireMember("body", body);
      if (receivedAtMillis < 0) {
        throw new IOException("Invalid landing line: no received_at");
      }
      try {
        return new LandingLine(
            eventId,
            org,
            Source.of(source),
            receivedAtMillis,
            Verification.of(verified),
            Optional.ofNullable(workspace),
            headers,
            body);
      } catch (IllegalArgumentException e) {
        throw new IOException("Invalid landing line: " + e.getMessage(), e);
      }
    }

    private static void requireMember(String name, Object value) throws IOException {
      if (value == null) {
        throw new IOException("Invalid landing line: no " + name);
      }
    }
  }

  /** Reads the body's value where it takes the body, and passes headers over. */
  private static final class ReaderWithBody<T> extends EnvelopeReader {
    private final JsonReader<T> reading;
    private T value;

    ReaderWithBody(byte[] bytes, JsonReader<T> reading) {
      super(bytes);
      this.reading = reading;
    }

    @Override
    boolean body(JsonParser json) throws IOException {
      int start = start(json);
      value = reading.read(json);
      jsonBody(start, json);
      return false;
    }

    @Override
    void header(String name, JsonParser json) throws IOException {
      requireText(name, json);
    }

    Read<T> read() throws IOException {
      LandingLine line = line();
      // A later member may have brought another body.
      boolean isInline = line.body() instanceof LandedBody.Json;
      return new Read<>(line, isInline ? Optional.ofNullable(value) : Optional.empty());
    }
  }
}
