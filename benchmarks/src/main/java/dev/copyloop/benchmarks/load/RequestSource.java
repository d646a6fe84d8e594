package dev.copyloop.benchmarks.load;

import java.nio.ByteBuffer;

/** Makes one HTTP request after the other. Not thread-safe. */
@FunctionalInterface
public interface RequestSource {
  /** Puts the next request, head and body, into the cleared buffer. */
  void next(ByteBuffer out);
}
