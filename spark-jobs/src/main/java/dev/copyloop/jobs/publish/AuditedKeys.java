package dev.copyloop.jobs.publish;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import dev.copyloop.jobs.attribute.table.AttributionTables;
import dev.copyloop.jobs.hash.KeyHashes;
import dev.copyloop.jobs.lake.LakeTables;
import dev.copyloop.jobs.lake.TableSpec;
import dev.copyloop.jobs.metrics.MetricsTables;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The hashes of all keys that are audited, marked with what must hold for them: they are gathered
 * once, though a delivery's must be unique and is asked for by engagements, too.
 */
final class AuditedKeys {

  /** Of deliveries and of engagements, which have the same columns. */
  private static final Column DELIVERY = UniqueAudit.hash(AttributionTables.DELIVERIES);

  private final Changes changes;
  private final List<Dataset<Row>> hashes = new ArrayList<>();

  private AuditedKeys(Changes changes) {
    this.changes = changes;
  }

  /** What is wrong with the keys of changed tables; nothing if none changed. */
  static KeyHashes.Faults faults(Changes changes) {
    AuditedKeys keys = new AuditedKeys(changes);
    keys.addDeliveries();
    keys.addFigures(MetricsTables.DAILY_METRICS);
    keys.addFigures(MetricsTables.DAILY_CUSTOM_METRICS);
    return keys.hashes.stream()
        .reduce(Dataset::union)
        .map(KeyHashes::faults)
        .orElse(new KeyHashes.Faults(0, 0));
  }

  private void addFigures(TableSpec table) {
    if (changes.isChanged(table)) {
      Column hash = xxhash64(lit(table.name()), UniqueAudit.hash(table));
      add(changes.now(table), hash, lit(KeyHashes.UNIQUE));
    }
  }

  private void add(Dataset<Row> rows, Column hash, Column marks) {
    hashes.add(rows.select(hash, marks));
  }

  private void addDeliveries() {
    SortedSet<LocalDate> cohorts = new TreeSet<>();
    if (changes.isChanged(AttributionTables.ENGAGEMENTS)) {
      Dataset<Row> engagements = ReferenceAudit.engagements(changes);
      cohorts.addAll(cohorts(engagements));
      add(engagements, DELIVERY, lit(KeyHashes.ASKED));
    }
    Optional<SortedSet<LocalDate>> changed = changes.days(AttributionTables.DELIVERIES);
    Column unique = changed.map(days -> mark(KeyHashes.UNIQUE, days)).orElse(lit(KeyHashes.UNIQUE));
    deliveries(changed, cohorts)
        .ifPresent(rows -> add(rows, DELIVERY, unique.plus(mark(KeyHashes.KNOWN, cohorts))));
  }

  /** Those of the days that changed, all if that is not known, or that engagements belong to. */
  private Optional<Dataset<Row>> deliveries(
      Optional<SortedSet<LocalDate>> changed, Collection<LocalDate> cohorts) {
    if (changed.isEmpty()) {
      return Optional.of(changes.whole(AttributionTables.DELIVERIES));
    }
    SortedSet<LocalDate> days = new TreeSet<>(cohorts);
    days.addAll(changed.get());
    return days.isEmpty()
        ? Optional.empty()
        : Optional.of(changes.now(AttributionTables.DELIVERIES, days));
  }

  /** The days on which the deliveries of engagements lie. */
  private static Collection<LocalDate> cohorts(Dataset<Row> engagements) {
    return LakeTables.days(engagements.select(to_date(col("cohort_at")).as("cohort")), "cohort");
  }

  /** The mark for rows of some days, otherwise none. */
  private static Column mark(long mark, Collection<LocalDate> days) {
    String day = AttributionTables.DELIVERIES.partition().orElseThrow();
    return when(col(day).isin(days.toArray()), lit(mark)).otherwise(lit(0L));
  }
}
