package dev.copyloop.jobs.metrics;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import dev.copyloop.events.settings.Org;
import dev.copyloop.events.settings.Settings;
import dev.copyloop.events.settings.Workspace;
import dev.copyloop.jobs.hash.TableParts;
import dev.copyloop.jobs.lake.GroupSums;
import dev.copyloop.jobs.lake.PinnedTables;
import dev.copyloop.jobs.lake.TableReader;
import dev.copyloop.jobs.lake.TableSpec;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Days of orgs whose figures may have changed, each as {@code org|date}. */
final class AffectedDays {
  static final List<String> COLUMNS = List.of("org", "event_date");

  private final OrgDays days;
  private final SortedSet<String> parts = new TreeSet<>();
  private final SortedSet<LocalDate> dates = new TreeSet<>();

  AffectedDays(OrgDays days) {
    this.days = days;
  }

  /** The days on which rows with a column {@code org} are counted, to be {@link #add}ed. */
  Dataset<Row> of(Dataset<Row> rows, Column happenedAt) {
    return rows.select(col("org"), days.localDate(happenedAt).as("event_date"));
  }

  /** Adds days: rows of an org and a date. */
  void add(Dataset<Row> orgDays) {
    for (List<String> day : GroupSums.of(orgDays, 2).keySet()) {
      parts.add(day.get(0) + "|" + day.get(1));
      dates.add(LocalDate.parse(day.get(1)));
    }
  }

  SortedSet<String> parts() {
    return parts;
  }

  boolean isEmpty() {
    return parts.isEmpty();
  }

  /** SQL that holds for those days of rows with columns {@link #COLUMNS}. */
  String predicate() {
    return TableParts.predicate(COLUMNS, parts);
  }

  /** The tables, of which only what is counted on those days is read. */
  TableReader of(PinnedTables tables) {
    SortedSet<LocalDate> utc = new TreeSet<>();
    // No time zone is a whole day away from UTC.
    dates.forEach(date -> utc.addAll(List.of(date.minusDays(1), date, date.plusDays(1))));
    return table -> within(tables.readDays(table, utc), table);
  }

  /** The daily figures of those days. */
  Dataset<Row> figures(PinnedTables tables) {
    return tables.readDays(MetricsTables.DAILY_METRICS, dates).where(predicate());
  }

  private Dataset<Row> within(Dataset<Row> rows, TableSpec table) {
    return rows.withColumn("event_date", days.localDate(FigureRows.happenedAt(table)))
        .where(expr(predicate()))
        .drop("event_date");
  }

  /**
   * Whether on one of those days a workspace began or ceased to send first occurrences only: then
   * its rows don't all count alike.
   */
  boolean meetSwitch(Settings settings) {
    for (Org org : settings.orgs()) {
      for (Workspace workspace : org.workspaces()) {
        for (Workspace.FirstOccurrenceOnly change : workspace.firstOccurrenceOnly()) {
          if (isNear(org.slug(), change.from())) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private boolean isNear(String org, Instant time) {
    LocalDate date = LocalDate.ofInstant(time, ZoneOffset.UTC);
    return parts.contains(org + "|" + date.minusDays(1))
        || parts.contains(org + "|" + date)
        || parts.contains(org + "|" + date.plusDays(1));
  }
}
