package dev.copyloop.serving.http;

import io.vertx.core.http.HttpMethod;

/** One method of one path. Thread-safe: called on every event loop. */
public interface Endpoint {
  /** Where it is found. */
  Route route();

  /**
   * Answers a request, now or later, exactly once. Must not block. What it throws, and what its
   * futures fail with, becomes a problem through {@link Exchange#fail}.
   */
  void handle(Exchange exchange);

  /**
   * Whether asking changes nothing (RFC 9110, section 9.2.1): then HEAD is answered too, as GET
   * without the content.
   */
  default boolean isSafe() {
    return HttpMethod.GET.equals(route().method());
  }
}
