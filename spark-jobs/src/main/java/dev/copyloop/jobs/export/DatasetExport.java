package dev.copyloop.jobs.export;

import java.util.List;

/**
 * What was done to one dataset of one org.
 *
 * @param location its folder
 * @param rows of all parts together
 * @param parts how many parts have rows
 * @param comparedDays the days whose rows were read and compared with what is published
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
    List<String> comparedDays,
    List<String> written,
    List<String> emptied,
    String contentHash,
    List<String> failures) {

  public DatasetExport {
    comparedDays = List.copyOf(comparedDays);
    written = List.copyOf(written);
    emptied = List.copyOf(emptied);
    failures = List.copyOf(failures);
  }

  /** One line for a person. */
  public String summary() {
    return "%s: %,d rows in %,d parts, %,d days compared, %,d parts written, %s"
        .formatted(location, rows, parts, comparedDays.size(), written.size(), contentHash);
  }
}
