package dev.copyloop.serving.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.copyloop.serving.http.Exchange;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a call of the admin API is answered with.
 *
 * @param tag its {@code ETag}
 */
record AdminReply(int status, String contentType, String text, Optional<String> tag) {
  static AdminReply ok(JsonNode body) {
    return new AdminReply(200, Exchange.JSON, body.toString(), Optional.empty());
  }

  static AdminReply created(JsonNode body) {
    return new AdminReply(201, Exchange.JSON, body.toString(), Optional.empty());
  }

  static AdminReply deleted() {
    return new AdminReply(204, "", "", Optional.empty());
  }

  static AdminReply text(String text) {
    return new AdminReply(200, "text/plain; charset=utf-8", text, Optional.empty());
  }

  /** The same with the {@code ETag} of a body that is a resource's whole state. */
  static AdminReply tagged(int status, JsonNode state) {
    return new AdminReply(
        status, Exchange.JSON, state.toString(), Optional.of(EntityTag.of(state)));
  }

  void send(Exchange exchange) {
    tag.ifPresent(value -> exchange.request().response().putHeader("ETag", value));
    if (status == 204) {
      exchange.noContent();
    } else {
      exchange.answer(status, contentType, Buffer.buffer(text.getBytes(StandardCharsets.UTF_8)));
    }
  }
}
