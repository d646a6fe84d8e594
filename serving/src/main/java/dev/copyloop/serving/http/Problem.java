package dev.copyloop.serving.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.copyloop.events.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;

/**
 * An error as a client sees it: RFC 9457 problem details. The detail says what to do and never
 * holds a secret.
 *
 * @param headers of the answer, beside the content type
 */
public record Problem(Kind kind, String detail, Map<String, String> headers) {

  /** The content type of every error. */
  public static final String CONTENT_TYPE = "application/problem+json";

  /** The kinds of problem; the name is part of the problem's {@code type}. */
  public enum Kind {
    INVALID_REQUEST(400, "The request can't be understood"),
    UNAUTHORIZED(401, "The credentials are missing or wrong"),
    FORBIDDEN(403, "The credentials don't allow this"),
    NOT_FOUND(404, "There is nothing of that name"),
    METHOD_NOT_ALLOWED(405, "The path does not take this method"),
    TIMEOUT(408, "The body did not arrive in time"),
    CONFLICT(409, "The present state does not allow this"),
    PRECONDITION_FAILED(412, "It was changed meanwhile"),
    TOO_LARGE(413, "The body is too large"),
    URI_TOO_LONG(414, "The request line is too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "The content encoding is not supported"),
    TOO_MANY_REQUESTS(429, "The key's limit is reached"),
    HEADERS_TOO_LARGE(431, "The headers are too large"),
    INTERNAL(500, "Something failed here"),
    UNAVAILABLE(503, "The service can't take this now");

    private final int status;
    private final String title;

    Kind(int status, String title) {
      this.status = status;
      this.title = title;
    }

    /** The HTTP status. */
    public int status() {
      return status;
    }

    /** The problem's {@code type}: a name, not an address. */
    public String type() {
      return "urn:copyloop:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** A problem without headers. */
  public static Problem of(Kind kind, String detail) {
    return new Problem(kind, detail, Map.of());
  }

  /** The problem's JSON for a request to a path. */
  public byte[] json(String instance) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    try (JsonGenerator json = Json.factory().createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("type", kind.type());
      json.writeStringField("title", kind.title);
      json.writeNumberField("status", kind.status);
      json.writeStringField("detail", detail);
      json.writeStringField("instance", instance);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write a problem to memory", e);
    }
    return out.toByteArray();
  }
}
