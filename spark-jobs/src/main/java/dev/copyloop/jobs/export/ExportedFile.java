package dev.copyloop.jobs.export;

import java.io.Serializable;

/**
 * One file of a part, as its manifest names it.
 *
 * @param sha256 of its bytes, lower-case hex; recorded, not promised: equal rows may be written as
 *     other bytes
 * @param etag the storage's name of what was put; blank if the storage has none
 */
public record ExportedFile(String name, long bytes, String sha256, String etag)
    implements Serializable {
  private static final long serialVersionUID = 1L;
}
