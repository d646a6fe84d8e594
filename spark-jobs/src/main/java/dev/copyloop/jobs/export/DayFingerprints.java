package dev.copyloop.jobs.export;

import dev.copyloop.jobs.hash.Sha256;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Tells which days of a table changed without reading a row: a day's fingerprint is over the names
 * of its files in the table's log. Equal fingerprints mean equal rows; files that were only put
 * together anew give another fingerprint to the same rows.
 */
final class DayFingerprints {

  private DayFingerprints() {}

  /**
   * Day to fingerprint; the whole table under {@link ExportDatasets#ALL} if it has no days.
   *
   * @param table a Delta table as it was read
   * @param dayColumn the column it is partitioned by
   */
  static Map<String, String> of(Dataset<Row> table, Optional<String> dayColumn) {
    Map<String, TreeSet<String>> files = new TreeMap<>();
    for (String file : table.inputFiles()) {
      String day = dayColumn.map(column -> day(file, column)).orElse(ExportDatasets.ALL);
      files.computeIfAbsent(day, each -> new TreeSet<>()).add(name(file));
    }
    Map<String, String> fingerprints = new TreeMap<>();
    files.forEach((day, names) -> fingerprints.put(day, Sha256.hex(String.join("\n", names))));
    return fingerprints;
  }

  private static String day(String file, String column) {
    String marker = "/" + column + "=";
    int start = file.lastIndexOf(marker) + marker.length();
    return URLDecoder.decode(
        file.substring(start, file.indexOf('/', start)), StandardCharsets.UTF_8);
  }

  private static String name(String file) {
    return file.substring(file.lastIndexOf('/') + 1);
  }
}
