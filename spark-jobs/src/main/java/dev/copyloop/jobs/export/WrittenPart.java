package dev.copyloop.jobs.export;

import java.io.Serializable;

/**
 * What became of one part.
 *
 * @param failure why its file could not be put; null if it was
 */
public record WrittenPart(
    String org, String part, long rows, long bytes, String sha256, String failure)
    implements Serializable {

  /** Whether its file could not be put. */
  public boolean failed() {
    return failure != null;
  }
}
