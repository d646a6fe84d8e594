package dev.copyloop.serving.secrets;

import com.google.crypto.tink.Aead;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

/**
 * Seals secrets of an org, and opens them again. What is sealed for one org and field can't be
 * opened as another's: both are the associated data. Thread-safe.
 */
public final class SecretBox {
  private final Aead aead;

  SecretBox(Aead aead) {
    this.aead = aead;
  }

  /** Which secret of an org it is. */
  public enum Field {
    /** A workspace's webhook signing key. */
    SIGNING_KEY
  }

  /** The sealed text, base64. */
  public String seal(String org, Field field, String secret) {
    try {
      byte[] sealed = aead.encrypt(secret.getBytes(StandardCharsets.UTF_8), place(org, field));
      return Base64.getEncoder().encodeToString(sealed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Cannot seal a secret of " + org, e);
    }
  }

  /**
   * Opens a sealed text.
   *
   * @throws GeneralSecurityException if it was sealed with another keyset, or for another place
   */
  public String open(String org, Field field, String sealed) throws GeneralSecurityException {
    try {
      byte[] secret = aead.decrypt(Base64.getDecoder().decode(sealed), place(org, field));
      return new String(secret, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("it is not base64", e);
    }
  }

  private static byte[] place(String org, Field field) {
    return (org + "\n" + field).getBytes(StandardCharsets.UTF_8);
  }
}
