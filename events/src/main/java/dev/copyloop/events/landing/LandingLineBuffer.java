package dev.copyloop.events.landing;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.copyloop.events.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@link LandingLine}s as NDJSON, one behind the other, in memory that is used again: the writer of
 * a spool leaves no garbage per line. Not thread-safe.
 */
public final class LandingLineBuffer {
  private static final int FIRST_BYTES = 2 * 1024;

  /** What one large line needed is not kept for the small ones after it. */
  private static final int KEPT_BYTES = 1024 * 1024;

  private static final byte[] START =
      ascii("{\"v\":" + LandingLine.SCHEMA_VERSION + ",\"event_id\":\"");
  private static final byte[] ORG = ascii("\",\"org\":\"");
  private static final byte[] SOURCE = ascii("\",\"source\":\"");
  private static final byte[] RECEIVED_AT = ascii("\",\"received_at\":");
  private static final byte[] VERIFIED = ascii(",\"verified\":\"");
  private static final byte[] WORKSPACE = ascii("\",\"workspace\":\"");
  private static final byte[] HEADERS = ascii("\",\"headers\":{\"");
  private static final byte[] COLON = ascii("\":\"");
  private static final byte[] COMMA = ascii("\",\"");
  private static final byte[] END_OF_HEADERS = ascii("\"}");
  private static final byte[] END_OF_TEXT = ascii("\"");
  private static final byte[] BODY = ascii(",\"body\":");
  private static final byte[] BODY_LENGTH = ascii(",\"body_length\":");
  private static final byte[] BODY_SHA256 = ascii(",\"body_sha256\":\"");
  private static final byte[] BODY_BASE64 = ascii(",\"body_base64\":\"");
  private static final byte[] END = ascii("}");

  private byte[] bytes = new byte[FIRST_BYTES];
  private int length;

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Forgets what was added. */
  public void clear() {
    length = 0;
    if (bytes.length > KEPT_BYTES) {
      bytes = new byte[FIRST_BYTES];
    }
  }

  /** Adds a line, without a line feed. */
  public void add(LandingLine line) {
    put(START);
    text(line.eventId());
    put(ORG);
    text(line.org());
    put(SOURCE);
    text(line.source().label());
    put(RECEIVED_AT);
    number(line.receivedAtMillis());
    put(VERIFIED);
    text(line.verification().label());
    if (line.workspace().isPresent()) {
      put(WORKSPACE);
      text(line.workspace().get());
    }
    headers(line.headers());
    body(line.body());
    put(END);
  }

  /** Ends the text before it, whether there are any or not. */
  private void headers(Map<String, String> headers) {
    if (headers.isEmpty()) {
      put(END_OF_TEXT);
      return;
    }
    byte[] before = HEADERS;
    for (Map.Entry<String, String> header : new TreeMap<>(headers).entrySet()) {
      put(before);
      text(header.getKey());
      put(COLON);
      text(header.getValue());
      before = COMMA;
    }
    put(END_OF_HEADERS);
  }

  private void body(LandedBody body) {
    if (body instanceof LandedBody.Json) {
      put(BODY);
      put(body.bytes());
      return;
    }
    if (body instanceof LandedBody.Truncated truncated) {
      put(BODY_LENGTH);
      number(truncated.length());
      put(BODY_SHA256);
      text(truncated.sha256());
      put(END_OF_TEXT);
    }
    put(BODY_BASE64);
    put(Base64.getEncoder().encode(body.bytes()));
    put(END_OF_TEXT);
  }

  private void text(String text) {
    int start = length;
    int characters = text.length();
    reserve(characters);
    for (int i = 0; i < characters; i++) {
      char character = text.charAt(i);
      if (character < ' ' || character > '~' || character == '"' || character == '\\') {
        length = start;
        put(JsonStringEncoder.getInstance().quoteAsUTF8(Json.wellFormed(text)));
        return;
      }
      bytes[length++] = (byte) character;
    }
  }

  private void number(long number) {
    text(Long.toString(number));
  }

  private void put(byte[] more) {
    reserve(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
  }

  private void reserve(int more) {
    if (more > bytes.length - length) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, more), 2 * bytes.length));
    }
  }

  /** Where the lines lie, until the next call. */
  public byte[] bytes() {
    return bytes;
  }

  /** The bytes of all lines. */
  public int length() {
    return length;
  }
}
