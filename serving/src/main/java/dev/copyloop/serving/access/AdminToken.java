package dev.copyloop.serving.access;

import dev.copyloop.serving.http.Exchange;
import dev.copyloop.serving.http.ProblemException;
import java.security.MessageDigest;

/** The token of the admin API. Thread-safe. */
public final class AdminToken {
  private final byte[] hash;

  public AdminToken(String token) {
    this.hash = ApiKey.sha256(token);
  }

  /**
   * Checks a request.
   *
   * @throws ProblemException 401 without the right token
   */
  public void require(Exchange exchange) {
    boolean right =
        Authorization.bearer(exchange)
            .filter(token -> MessageDigest.isEqual(hash, ApiKey.sha256(token)))
            .isPresent();
    if (!right) {
      throw ProblemException.unauthorized("Send the admin token as Authorization: Bearer");
    }
  }
}
