package dev.copyloop.jobs.publish;

import static org.apache.spark.sql.functions.lit;

import dev.copyloop.jobs.lake.LakeTables;
import dev.copyloop.jobs.lake.Publication;
import dev.copyloop.jobs.lake.PublishedTables;
import dev.copyloop.jobs.lake.TableSpec;
import dev.copyloop.jobs.run.RunContext;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What differs between the tables and their published state: the days that were written since, with
 * their rows of then and of now.
 */
final class Changes {
  private final RunContext context;
  private final LakeTables tables;
  private final Optional<Publication> before;
  private final Map<String, SortedSet<LocalDate>> days = new TreeMap<>();

  Changes(RunContext context, Optional<Publication> before) {
    this.context = context;
    this.tables = context.tables();
    this.before = before;
  }

  /** The run that publishes. */
  RunContext context() {
    return context;
  }

  /** What is published; empty if nothing is. */
  Optional<Publication> before() {
    return before;
  }

  /** The days of a table that were written since. */
  SortedSet<LocalDate> days(TableSpec table) {
    return days.computeIfAbsent(
        table.name(),
        name ->
            before
                .map(state -> state.versions().get(name))
                .map(version -> tables.daysChangedSince(table, version))
                .orElseGet(() -> tables.days(table)));
  }

  /** The table's rows on those days now. */
  Dataset<Row> now(TableSpec table) {
    return tables.readDays(table, days(table));
  }

  /** The table's published rows on those days. */
  Dataset<Row> published(TableSpec table) {
    Optional<Publication> known =
        before.filter(state -> state.versions().containsKey(table.name()));
    return known
        .map(
            state ->
                new PublishedTables(context.spark(), context.bucket(), state)
                    .read(table)
                    .where(LakeTables.daysPredicate(table, days(table))))
        .orElseGet(() -> now(table).where(lit(false)));
  }
}
