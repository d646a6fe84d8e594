package dev.copyloop.serving.settings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.serving.access.KeyLimits;
import dev.copyloop.serving.access.Scope;
import dev.copyloop.serving.access.StoredKey;
import dev.copyloop.serving.secrets.SecretBox;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** The secrets beside the settings: hashes of API keys, and signing keys. Immutable. */
public record Credentials(List<StoredKey> keys, List<SigningKey> signingKeys) {
  /** No secrets. */
  public static final Credentials NONE = new Credentials(List.of(), List.of());

  public Credentials {
    keys = List.copyOf(keys);
    signingKeys = List.copyOf(signingKeys);
  }

  /** A workspace's webhook signing key. */
  public record SigningKey(String id, String org, String workspace, String key) {
    @Override
    public String toString() {
      return "SigningKey[" + id + " of " + org + "/" + workspace + "]";
    }
  }

  /**
   * Reads a credentials document.
   *
   * @throws IOException if a member is missing, or sealed with another keyset; no value is in the
   *     message
   */
  public static Credentials read(String document, SecretBox secrets) throws IOException {
    JsonNode root = Json.mapper().readTree(document);
    List<StoredKey> keys = new ArrayList<>();
    for (JsonNode key : root.path("keys")) {
      Set<Scope> scopes = new HashSet<>();
      key.path("scopes").forEach(scope -> scopes.add(Scope.of(scope.asText())));
      keys.add(
          new StoredKey(
              text(key, "key_id"), text(key, "org"), text(key, "hash"), scopes, limits(key)));
    }
    List<SigningKey> signingKeys = new ArrayList<>();
    for (JsonNode key : root.path("signing_keys")) {
      signingKeys.add(
          new SigningKey(
              text(key, "signing_key_id"),
              text(key, "org"),
              text(key, "workspace"),
              opened(key, secrets)));
    }
    return new Credentials(keys, signingKeys);
  }

  /** A file that the release before wrote has the clear text. */
  private static String opened(JsonNode key, SecretBox secrets) throws IOException {
    if (key.hasNonNull("key")) {
      return text(key, "key");
    }
    try {
      return secrets.open(text(key, "org"), SecretBox.Field.SIGNING_KEY, text(key, "sealed"));
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "Cannot open signing key "
              + text(key, "signing_key_id")
              + ": give this instance the keyset that it was sealed with (serving.secrets.keyset)",
          e);
    }
  }

  private static KeyLimits limits(JsonNode key) {
    return new KeyLimits(number(key, "requests_per_second"), number(key, "requests_per_day"));
  }

  private static OptionalLong number(JsonNode node, String name) {
    return node.hasNonNull(name) ? OptionalLong.of(node.get(name).asLong()) : OptionalLong.empty();
  }

  private static String text(JsonNode node, String name) throws IOException {
    JsonNode value = node.get(name);
    if (value == null || !value.isTextual()) {
      throw new IOException("Cannot read credentials: no " + name);
    }
    return value.asText();
  }

  @Override
  public String toString() {
    return "Credentials[%d keys, %d signing keys]".formatted(keys.size(), signingKeys.size());
  }
}
