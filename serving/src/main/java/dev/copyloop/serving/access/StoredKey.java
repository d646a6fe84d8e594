package dev.copyloop.serving.access;

import java.util.Set;

/**
 * What is known of an API key.
 *
 * @param hash SHA-256 of its text, lower-case hex
 */
public record StoredKey(
    String keyId, String org, String hash, Set<Scope> scopes, KeyLimits limits) {
  public StoredKey {
    scopes = Set.copyOf(scopes);
  }

  @Override
  public String toString() {
    return "StoredKey[" + keyId + " of " + org + "]";
  }
}
