package dev.copyloop.jobs.compact;

import com.fasterxml.jackson.databind.JsonNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.jobs.run.JobException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signing keys of workspaces, by which the driver verifies lines that no key verified when they
 * landed. They come from a file and never leave this process: no task, result or table holds one.
 *
 * <p>Customer.io signs with HMAC-SHA256 over {@code v0:}, the timestamp header, {@code :} and the
 * raw body; the key is the text as shown there.
 */
public final class SigningKeys {
  /** No keys: what is unverified stays so. */
  public static final SigningKeys NONE = new SigningKeys(List.of());

  private static final String ALGORITHM = "HmacSHA256";

  private final List<Key> keys;

  private SigningKeys(List<Key> keys) {
    this.keys = List.copyOf(keys);
  }

  private record Key(String org, String workspace, String secret) {
    @Override
    public String toString() {
      return "key of " + org + "/" + workspace;
    }
  }

  /**
   * Reads a file: a JSON array of objects with {@code org}, {@code workspace} and {@code key}.
   *
   * @throws JobException as wrong usage if it is anything else; the message repeats no key
   */
  public static SigningKeys read(Path file) {
    List<Key> keys = new ArrayList<>();
    try {
      for (JsonNode node : array(Json.mapper().readTree(Files.readAllBytes(file)), file)) {
        keys.add(
            new Key(
                text(node, "org", file), text(node, "workspace", file), text(node, "key", file)));
      }
    } catch (IOException e) {
      throw JobException.usage(
          "Cannot read signing keys from %s: expected a JSON array of org, workspace and key (%s)"
              .formatted(file, e.getClass().getSimpleName()));
    }
    return new SigningKeys(keys);
  }

  private static JsonNode array(JsonNode node, Path file) {
    if (!node.isArray()) {
      throw JobException.usage(
          "Invalid signing keys in %s: expected a JSON array of org, workspace and key"
              .formatted(file));
    }
    return node;
  }

  private static String text(JsonNode node, String member, Path file) {
    String text = node.path(member).asText();
    if (text.isEmpty()) {
      throw JobException.usage("Invalid signing keys in %s: missing %s".formatted(file, member));
    }
    return text;
  }

  /** The workspace whose key made a line's signature; empty if none did. */
  Optional<String> verify(LandingLine line) {
    String timestamp = line.headers().getOrDefault("x-cio-timestamp", "");
    byte[] signature = signature(line.headers().getOrDefault("x-cio-signature", ""));
    for (Key key : keys) {
      if (key.org().equals(line.org())
          && MessageDigest.isEqual(hmac(key.secret(), timestamp, line.body().bytes()), signature)) {
        return Optional.of(key.workspace());
      }
    }
    return Optional.empty();
  }

  private static byte[] signature(String hex) {
    try {
      return HexFormat.of().parseHex(hex);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private static byte[] hmac(String key, String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      mac.update(("v0:" + timestamp + ":").getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
    }
  }
}
