package dev.copyloop.jobs.publish;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;

/**
 * A daily figure that is not what was published.
 *
 * @param about org, day and further names, as texts, by their columns; without those that are null
 *     or that the table lacks
 * @param dataset the table's name
 * @param before 0 for a figure that was not there
 * @param after 0 for one that is not there any more
 */
record ChangedFigure(
    Map<String, String> about,
    String dataset,
    String measure,
    BigDecimal before,
    BigDecimal after) {

  ChangedFigure {
    about = Map.copyOf(about);
  }

  String org() {
    return about("org");
  }

  LocalDate day() {
    return LocalDate.parse(about("event_date"));
  }

  /** The rule's version; null if it is of none. */
  Integer ruleVersion() {
    String version = about("rule_version");
    return version == null ? null : Integer.valueOf(version);
  }

  /** What it is about, null if nothing is said of that. */
  String about(String column) {
    return about.get(column);
  }
}
