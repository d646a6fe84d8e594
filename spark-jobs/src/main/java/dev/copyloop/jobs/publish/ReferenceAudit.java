package dev.copyloop.jobs.publish;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.to_date;

import dev.copyloop.jobs.attribute.table.AttributionTables;
import dev.copyloop.jobs.hash.KeyHashes;
import dev.copyloop.jobs.lake.LakeTables;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Every new engagement belongs to a delivery of its cohort's day; where deliveries may be gone,
 * every engagement on the days that changed.
 */
final class ReferenceAudit implements Audit {

  private static final List<String> DELIVERY = List.of("org", "workspace", "delivery_id");

  @Override
  public Finding check(Changes changes) {
    if (!changes.isChanged(AttributionTables.ENGAGEMENTS)) {
      return Finding.of(true, "references: none changed");
    }
    Dataset<Row> engagements =
        changes.hasLost(AttributionTables.DELIVERIES)
            ? changes.now(AttributionTables.ENGAGEMENTS)
            : changes.gained(AttributionTables.ENGAGEMENTS);
    Column hash = KeyHashes.of(DELIVERY);
    Dataset<Row> deliveries = changes.now(AttributionTables.DELIVERIES, cohorts(engagements));
    long orphans = KeyHashes.unknown(engagements.select(hash), deliveries.select(hash));
    return Finding.of(
        orphans == 0, "references: %,d deliveries have engagements only".formatted(orphans));
  }

  /** The days on which the deliveries lie. */
  private static Collection<LocalDate> cohorts(Dataset<Row> engagements) {
    return LakeTables.days(engagements.select(to_date(col("cohort_at")).as("cohort")), "cohort");
  }
}
