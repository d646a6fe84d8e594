package dev.copyloop.jobs.inbox;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * What became of one version of a dropped file; what the result beside it says.
 *
 * @param version the storage's name of the content that was read (its etag)
 * @param rows how many rows it has: taken and rejected
 * @param reasons rejected rows by reason
 * @param rejections the first thousand rejected rows
 * @param objects the landing objects that hold the taken rows
 * @param problem why no row could be taken; null if some could, or there are none
 */
public record FileResult(
    String org,
    String file,
    String version,
    String arrivedAt,
    long rows,
    long taken,
    long rejected,
    Map<String, Long> reasons,
    List<Rejection> rejections,
    List<String> objects,
    String problem)
    implements Serializable {

  /** The greatest number of rejected rows that a result lists. */
  static final int MAX_REJECTIONS = 1_000;

  public FileResult {
    reasons = Map.copyOf(reasons);
    rejections = List.copyOf(rejections);
    objects = List.copyOf(objects);
  }

  /**
   * A row that was not taken.
   *
   * @param row the line it begins on, or its ordinal in a Parquet file; from 1
   */
  public record Rejection(long row, String reason, String detail) implements Serializable {}

  /** A file of which no row was taken. */
  static FileResult refused(InboxFile file, String problem) {
    return new FileResult(
        file.org(),
        file.key(),
        file.version(),
        file.arrivedAt().toString(),
        0,
        0,
        0,
        Map.of(),
        List.of(),
        List.of(),
        problem);
  }
}
