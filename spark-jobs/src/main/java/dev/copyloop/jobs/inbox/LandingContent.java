package dev.copyloop.jobs.inbox;

import java.util.Map;

/**
 * A landing object as it is put.
 *
 * @param metadata the members that every landing object has
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record LandingContent(String key, byte[] bytes, Map<String, String> metadata) {
  /** The metadata's member that names the uncompressed content. */
  static final String SHA256 = "sha256";

  String sha256() {
    return metadata.get(SHA256);
  }
}
