package dev.copyloop.jobs.export;

import java.io.Serializable;

/**
 * What became of one part.
 *
 * @param failure why its file could not be put; null if it was
 */
record WrittenPart(
    String org, String part, long rows, long bytes, String sha256, String failure)
    implements Serializable {

  boolean failed() {
    return failure != null;
  }
}
