package dev.copyloop.events.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Percent-encoded parts of a URL before its query, where a plus sign is itself (RFC 3986). */
public final class PercentEncoding {
  private PercentEncoding() {}

  /**
   * The part's text.
   *
   * @throws IllegalArgumentException if an escape is broken
   */
  public static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
