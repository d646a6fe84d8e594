package dev.copyloop.jobs.inbox;

import dev.copyloop.events.digest.Digests;
import dev.copyloop.jobs.run.Bucket;
import java.io.Serializable;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;

/**
 * One version of a dropped file.
 *
 * @param arrivedAt when this version became durable, to the second: what its rows were received at
 * @param version the storage's name of the content; another content is another version
 */
public record InboxFile(
    String org, URI bucket, String key, long bytes, Instant arrivedAt, String version)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  static InboxFile of(String org, URI bucket, Bucket.Entry entry) {
    String version =
        entry.etag().isBlank() ? entry.bytes() + "@" + entry.modifiedAt() : entry.etag();
    return new InboxFile(org, bucket, entry.key(), entry.bytes(), entry.modifiedAt(), version);
  }

  /** The event id of a row whose sender gave it none: lower-case hex. */
  String rowId(long row) {
    return HexFormat.of().formatHex(sha256(Long.toString(row)));
  }

  /** The writer of this version's landing objects: the same however often it is taken. */
  UUID writer() {
    ByteBuffer first = ByteBuffer.wrap(sha256("writer"));
    return new UUID(first.getLong(), first.getLong());
  }

  private byte[] sha256(String last) {
    MessageDigest digest = Digests.sha256();
    for (String part : new String[] {bucket.toString(), key, version, last}) {
      byte[] utf8 = part.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(utf8.length).array());
      digest.update(utf8);
    }
    return digest.digest();
  }
}
