package dev.copyloop.serving.access;

import dev.copyloop.serving.http.Exchange;
import java.security.MessageDigest;

/** The token of the admin API. Thread-safe. */
public final class AdminToken {
  private final byte[] hash;

  public AdminToken(String token) {
    this.hash = ApiKey.sha256(token);
  }

  /** Whether a request carries it. */
  public boolean admits(Exchange exchange) {
    return Authorization.bearer(exchange)
        .filter(token -> MessageDigest.isEqual(hash, ApiKey.sha256(token)))
        .isPresent();
  }
}
