package dev.copyloop.jobs.compact;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** SHA-256, as keys and as tie-breakers. Thread-safe. */
final class Digests {
  private Digests() {}

  /** The first 128 bits over some texts. Nobody can make two lists of texts meet in them. */
  record Key(long high, long low) {}

  /** The key of a list of texts, each with its length. */
  static Key key(String... parts) {
    byte[][] texts = new byte[parts.length][];
    int length = 0;
    for (int i = 0; i < parts.length; i++) {
      texts[i] = parts[i].getBytes(StandardCharsets.UTF_8);
      length += Integer.BYTES + texts[i].length;
    }
    ByteBuffer all = ByteBuffer.allocate(length);
    for (byte[] text : texts) {
      all.putInt(text.length).put(text);
    }
    ByteBuffer first = ByteBuffer.wrap(sha256(all.array()));
    return new Key(first.getLong(), first.getLong());
  }

  /** The whole digest of some bytes. */
  static byte[] sha256(byte[] bytes) {
    return dev.copyloop.events.digest.Digests.sha256().digest(bytes);
  }

  /** A digest's first eight bytes, which order as unsigned as its hexadecimal text does. */
  static long prefix(byte[] digest) {
    return ByteBuffer.wrap(digest).getLong();
  }

  /** The same of a digest in hexadecimal. */
  static long prefix(String hex) {
    return Long.parseUnsignedLong(hex, 0, 16, 16);
  }
}
