package dev.copyloop.stack.replay;

import java.util.Map;

/** How a request proves who sends it. Thread-safe. */
@FunctionalInterface
public interface Authentication {
  /** The headers that go with this body, made anew for every attempt. */
  Map<String, String> headers(byte[] body);

  /** An API key of the org. */
  static Authentication apiKey(String key) {
    return body -> Map.of("X-Api-Key", key);
  }
}
