package dev.copyloop.jobs.export;

import dev.copyloop.jobs.run.Bucket;
import java.io.Serializable;

/**
 * Where an org's exports go.
 *
 * @param prefix below which they lie; empty or ending in a slash
 */
record ExportTarget(Bucket bucket, String prefix) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The key of a path below the prefix. */
  String key(String path) {
    return prefix + path;
  }

  /** The address of a path below the prefix. */
  String address(String path) {
    return bucket.path(key(path)).toString();
  }
}
