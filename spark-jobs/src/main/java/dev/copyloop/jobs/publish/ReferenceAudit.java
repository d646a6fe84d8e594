package dev.copyloop.jobs.publish;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.to_date;

import dev.copyloop.jobs.attribute.table.AttributionTables;
import dev.copyloop.jobs.lake.LakeTables;
import java.time.LocalDate;
import java.util.Collection;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Every new engagement belongs to a delivery of its cohort's day; where deliveries may be gone,
 * every engagement on the days that changed.
 */
final class ReferenceAudit implements Audit {

  @Override
  public Finding check(Changes changes) {
    if (changes.days(AttributionTables.ENGAGEMENTS).isEmpty()) {
      return Finding.of(true, "references: none changed");
    }
    Dataset<Row> checked =
        changes.hasLost(AttributionTables.DELIVERIES)
            ? changes.now(AttributionTables.ENGAGEMENTS)
            : changes.gained(AttributionTables.ENGAGEMENTS);
    Dataset<Row> engagements =
        checked
            .select(
                col("org"),
                col("workspace"),
                col("delivery_id"),
                to_date(col("cohort_at")).as("cohort"))
            .distinct();
    Collection<LocalDate> cohorts = LakeTables.days(engagements, "cohort");
    Dataset<Row> deliveries =
        changes
            .context()
            .tables()
            .read(AttributionTables.DELIVERIES)
            .where(LakeTables.daysPredicate(AttributionTables.DELIVERIES, cohorts));
    long orphans = engagements.join(deliveries, same(engagements, deliveries), "left_anti").count();
    return Finding.of(
        orphans == 0, "references: %,d deliveries have engagements only".formatted(orphans));
  }

  private static Column same(Dataset<Row> engagements, Dataset<Row> deliveries) {
    return engagements
        .col("org")
        .equalTo(deliveries.col("org"))
        .and(engagements.col("workspace").eqNullSafe(deliveries.col("workspace")))
        .and(engagements.col("delivery_id").equalTo(deliveries.col("delivery_id")));
  }
}
