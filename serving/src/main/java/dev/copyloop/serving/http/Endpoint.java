package dev.copyloop.serving.http;

/** One method of one path. Thread-safe: called on every event loop. */
public interface Endpoint {
  /** Where it is found. */
  Route route();

  /**
   * Answers a request, now or later, exactly once. Must not block. What it throws, and what its
   * futures fail with, becomes a problem through {@link Exchange#fail}.
   */
  void handle(Exchange exchange);
}
