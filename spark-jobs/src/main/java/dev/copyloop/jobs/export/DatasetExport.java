package dev.copyloop.jobs.export;

import java.util.List;

/**
 * What was done to one dataset of one org.
 *
 * @param location its folder
 * @param parts how many parts have rows
 * @param written the parts that were written, by name
 * @param emptied those of them that have no rows any more
 * @param contentHash of all rows
 * @param failures one explanation per part that could not be written
 */
public record DatasetExport(
    String org,
    String dataset,
    String location,
    long rows,
    int parts,
    List<String> written,
    List<String> emptied,
    String contentHash,
    List<String> failures) {

  public DatasetExport {
    written = List.copyOf(written);
    emptied = List.copyOf(emptied);
    failures = List.copyOf(failures);
  }

  /** One line for a person. */
  public String summary() {
    return "%s: %,d rows in %,d parts, %,d written, %s"
        .formatted(location, rows, parts, written.size(), contentHash);
  }
}
