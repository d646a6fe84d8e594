package dev.copyloop.jobs.publish;

import dev.copyloop.jobs.attribute.table.AttributionTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Every new engagement belongs to a delivery of its cohort's day; where deliveries may be gone,
 * every engagement on the days that changed.
 */
final class ReferenceAudit implements Audit {

  @Override
  public Finding check(Changes changes) {
    if (!changes.isChanged(AttributionTables.ENGAGEMENTS)) {
      return Finding.of(true, "references: none changed");
    }
    long orphans = changes.keyFaults().unknown();
    return Finding.of(
        orphans == 0, "references: %,d deliveries have engagements only".formatted(orphans));
  }

  /** The engagements whose deliveries must be there. */
  static Dataset<Row> engagements(Changes changes) {
    return changes.hasLost(AttributionTables.DELIVERIES)
        ? changes.now(AttributionTables.ENGAGEMENTS)
        : changes.gained(AttributionTables.ENGAGEMENTS);
  }
}
