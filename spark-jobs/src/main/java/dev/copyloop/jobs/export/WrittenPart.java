package dev.copyloop.jobs.export;

import dev.copyloop.jobs.hash.ContentHash;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of one part.
 *
 * @param content of its rows
 * @param failure why a file of it could not be put; null if all were
 */
public record WrittenPart(
    String org, String part, ContentHash content, List<ExportedFile> files, String failure)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  public WrittenPart {
    files = new ArrayList<>(files);
  }

  static WrittenPart failed(String org, String part, String failure) {
    return new WrittenPart(org, part, ContentHash.EMPTY, List.of(), failure);
  }

  /** How many rows it has. */
  long rows() {
    return content.rows();
  }

  /** Whether a file of it could not be put. */
  boolean failed() {
    return failure != null;
  }
}
