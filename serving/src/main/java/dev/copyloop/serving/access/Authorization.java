package dev.copyloop.serving.access;

import dev.copyloop.serving.http.Exchange;
import dev.copyloop.serving.http.ProblemException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Checks API keys against those of an org, and holds them to their limits. Compares in constant
 * time. Thread-safe.
 */
public final class Authorization {
  private static final String BEARER = "bearer ";

  private final KeyUse use;

  public Authorization(KeyUse use) {
    this.use = use;
  }

  /**
   * The key that a request carries, in {@code X-Api-Key} or {@code Authorization: Bearer}.
   *
   * @param keys those of the org, by id
   * @throws ProblemException 401 without a right key, 403 if it lacks the scope, 429 over its
   *     limits
   */
  public StoredKey require(Exchange exchange, Map<String, StoredKey> keys, Scope scope) {
    StoredKey key =
        sent(exchange)
            .flatMap(ApiKey::parse)
            .flatMap(sent -> known(sent, keys))
            .orElseThrow(
                () ->
                    ProblemException.unauthorized(
                        "Send a key of this org in X-Api-Key or as Authorization: Bearer"));
    if (!key.scopes().contains(scope)) {
      throw ProblemException.forbidden(
          "Key " + key.keyId() + " lacks the scope " + scope.label() + ": create one that has it");
    }
    use.take(key, 1);
    return key;
  }

  /**
   * Counts requests that a call brings beside the one it was let in for.
   *
   * @throws ProblemException 429 over the key's limits
   */
  public void charge(StoredKey key, int requests) {
    if (requests > 0) {
      use.take(key, requests);
    }
  }

  private static Optional<StoredKey> known(ApiKey sent, Map<String, StoredKey> keys) {
    StoredKey stored = keys.get(sent.id());
    if (stored == null
        || !MessageDigest.isEqual(sent.hash(), HexFormat.of().parseHex(stored.hash()))) {
      return Optional.empty();
    }
    return Optional.of(stored);
  }

  private static Optional<String> sent(Exchange exchange) {
    Optional<String> apiKey = exchange.header("X-Api-Key");
    return apiKey.isPresent() ? apiKey.map(String::strip) : bearer(exchange);
  }

  /** The token of {@code Authorization: Bearer}. */
  static Optional<String> bearer(Exchange exchange) {
    return exchange
        .header("Authorization")
        .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
        .map(value -> value.substring(BEARER.length()).strip());
  }
}
