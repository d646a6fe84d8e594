package dev.copyloop.jobs.hash;

import java.util.List;

/**
 * What a job did to a table.
 *
 * @param rows how many rows the table has now
 * @param contentHash of the whole table
 * @param replaced the partitions whose content differed, as {@code org|date} or {@code date}
 */
public record TableChange(String table, long rows, String contentHash, List<String> replaced) {

  public TableChange {
    replaced = List.copyOf(replaced);
  }

  /** One line for a person. */
  public String summary() {
    return "%s: %,d rows, %d parts replaced, %s"
        .formatted(table, rows, replaced.size(), contentHash);
  }
}
