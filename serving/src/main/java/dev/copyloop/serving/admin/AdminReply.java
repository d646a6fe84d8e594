package dev.copyloop.serving.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.copyloop.serving.http.Exchange;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** What a call of the admin API is answered with. */
record AdminReply(int status, String contentType, String text) {
  static AdminReply ok(JsonNode body) {
    return new AdminReply(200, Exchange.JSON, body.toString());
  }

  static AdminReply created(JsonNode body) {
    return new AdminReply(201, Exchange.JSON, body.toString());
  }

  static AdminReply deleted() {
    return new AdminReply(204, "", "");
  }

  static AdminReply text(String text) {
    return new AdminReply(200, "text/plain; charset=utf-8", text);
  }

  void send(Exchange exchange) {
    if (status == 204) {
      exchange.noContent();
    } else {
      exchange.answer(status, contentType, Buffer.buffer(text.getBytes(StandardCharsets.UTF_8)));
    }
  }
}
