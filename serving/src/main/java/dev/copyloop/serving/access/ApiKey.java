package dev.copyloop.serving.access;

import dev.copyloop.events.digest.Digests;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The text of an API key: {@code ck_<id>_<secret>_<checksum>}. The checksum tells a mistyped key
 * from a foreign one without a look-up; only the SHA-256 of the whole text is ever stored.
 */
public record ApiKey(String id, String text) {
  private static final String PREFIX = "ck_";
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int ID_LENGTH = 12;

  /** 32 characters of 62 are 190 bits. */
  private static final int SECRET_LENGTH = 32;

  private static final int CHECKSUM_LENGTH = 8;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** A new key. */
  public static ApiKey create() {
    String id = random(ID_LENGTH);
    String body = PREFIX + id + "_" + random(SECRET_LENGTH);
    return new ApiKey(id, body + "_" + checksum(body));
  }

  /** The key that a client sent; empty if its form or checksum is wrong. */
  public static Optional<ApiKey> parse(String text) {
    int idEnd = PREFIX.length() + ID_LENGTH;
    int secretEnd = idEnd + 1 + SECRET_LENGTH;
    if (text.length() != secretEnd + 1 + CHECKSUM_LENGTH
        || !text.startsWith(PREFIX)
        || text.charAt(idEnd) != '_'
        || text.charAt(secretEnd) != '_') {
      return Optional.empty();
    }
    String body = text.substring(0, secretEnd);
    return checksum(body).equals(text.substring(secretEnd + 1))
        ? Optional.of(new ApiKey(text.substring(PREFIX.length(), idEnd), text))
        : Optional.empty();
  }

  /** What is stored of it: the SHA-256 of its text. */
  public byte[] hash() {
    return sha256(text);
  }

  /** The SHA-256 of a secret's text. */
  static byte[] sha256(String text) {
    return Digests.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String random(int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }

  private static String checksum(String body) {
    CRC32 crc = new CRC32();
    crc.update(body.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }

  /** Hides the secret. */
  @Override
  public String toString() {
    return PREFIX + id + "_…";
  }
}
