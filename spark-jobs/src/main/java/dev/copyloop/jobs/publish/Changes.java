package dev.copyloop.jobs.publish;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.copyloop.jobs.hash.KeyHashes;
import dev.copyloop.jobs.lake.FileChanges;
import dev.copyloop.jobs.lake.LakeTables;
import dev.copyloop.jobs.lake.PinnedTables;
import dev.copyloop.jobs.lake.Publication;
import dev.copyloop.jobs.lake.PublishedTables;
import dev.copyloop.jobs.lake.TableSpec;
import dev.copyloop.jobs.run.RunContext;
import java.time.LocalDate;
import java.util.Collection;
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
  private final PinnedTables pinned;
  private final Optional<Publication> before;
  private final Optional<PublishedTables> published;
  private final Map<String, Optional<SortedSet<LocalDate>>> days = new TreeMap<>();
  private final Map<String, Optional<FileChanges>> files = new TreeMap<>();
  private Optional<KeyHashes.Faults> keyFaults = Optional.empty();

  Changes(RunContext context, Optional<Publication> before) {
    this.context = context;
    this.tables = context.tables();
    this.pinned = tables.pinned();
    this.before = before;
    this.published =
        before.map(state -> new PublishedTables(context.spark(), context.bucket(), state));
  }

  /** The run that publishes. */
  RunContext context() {
    return context;
  }

  /** What is published; empty if nothing is. */
  Optional<Publication> before() {
    return before;
  }

  /**
   * Whether the table's published rows can still be read: Delta forgets versions after 30 days.
   * Where they can't, every day counts as written since, and nothing as published.
   */
  boolean isComparable(TableSpec table) {
    return days(table).isPresent();
  }

  /** Whether rows may have been written since. */
  boolean isChanged(TableSpec table) {
    return days(table).map(days -> !days.isEmpty()).orElseGet(() -> !tables.isKnownEmpty(table));
  }

  /** The days of a table that were written since; empty if that is not known. */
  Optional<SortedSet<LocalDate>> days(TableSpec table) {
    return days.computeIfAbsent(
        table.name(),
        name ->
            publishedVersion(table).flatMap(version -> tables.daysChangedSince(table, version)));
  }

  /** The table's rows on those days now. */
  Dataset<Row> now(TableSpec table) {
    return days(table).map(days -> now(table, days)).orElseGet(() -> whole(table));
  }

  /** The table's rows of some days now. */
  Dataset<Row> now(TableSpec table, Collection<LocalDate> days) {
    return pinned.readDays(table, days);
  }

  /** All of the table's rows now. */
  Dataset<Row> whole(TableSpec table) {
    return pinned.read(table);
  }

  /** How many rows the table has now. */
  long count(TableSpec table) {
    return pinned.count(table);
  }

  /**
   * The table's rows that are new since, and some that only moved; all of the changed days where
   * the log no longer tells.
   */
  Dataset<Row> gained(TableSpec table) {
    return files(table)
        .map(
            changes ->
                tables.rows(table, changes).where(col(LakeTables.GAINED)).drop(LakeTables.GAINED))
        .orElseGet(() -> now(table));
  }

  /** What is wrong with the keys of changed tables, see {@link AuditedKeys}. */
  KeyHashes.Faults keyFaults() {
    if (keyFaults.isEmpty()) {
      keyFaults = Optional.of(AuditedKeys.faults(this));
    }
    return keyFaults.get();
  }

  /** Whether rows of the table may be gone since. */
  boolean hasLost(TableSpec table) {
    return files(table).map(FileChanges::hasLost).orElse(true);
  }

  private Optional<FileChanges> files(TableSpec table) {
    return files.computeIfAbsent(
        table.name(),
        name -> publishedVersion(table).flatMap(version -> tables.changesSince(table, version)));
  }

  private Optional<Long> publishedVersion(TableSpec table) {
    return before.map(state -> state.versions().get(table.name()));
  }

  /** The table's published rows of some days; none if they can't be read. */
  Dataset<Row> published(TableSpec table, Collection<LocalDate> days) {
    return published
        .filter(tables -> isComparable(table))
        .map(tables -> tables.readDays(table, days))
        .orElseGet(() -> whole(table).where(lit(false)));
  }
}
