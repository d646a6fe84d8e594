package dev.copyloop.jobs.attribute;

import static org.apache.spark.sql.functions.col;

import dev.copyloop.jobs.hash.WantedHashes;
import java.time.LocalDate;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The deliveries that have to be computed together with some others: all of their journeys, and of
 * all journeys that any event of those names. By keys alone.
 */
final class TouchedDeliveries {

  private final Dataset<Row> seeds;
  private final Dataset<Row> known;
  private final SortedSet<LocalDate> eventDays = new TreeSet<>();
  private final SortedSet<LocalDate> generationDays = new TreeSet<>();

  /** Deliveries and journeys to look for. */
  private record Sought(WantedHashes deliveries, WantedHashes journeys) {
    static Sought of(Dataset<Row> keys) {
      return new Sought(
          WantedHashes.of(keys.select(AttributionKeys.KEY)),
          WantedHashes.of(keys.select(AttributionKeys.LINK)));
    }

    Dataset<Row> in(Dataset<Row> keys) {
      return AttributionKeys.kept(
          deliveries
              .amongEither(keys, col(AttributionKeys.KEY), journeys, col(AttributionKeys.LINK))
              .distinct());
    }

    long count() {
      return deliveries.count() + journeys.count();
    }
  }

  /**
   * @param keys the table of keys, without those of the seeds unless they were known before
   * @param seeds keys of deliveries and journeys, either may be null
   */
  TouchedDeliveries(Dataset<Row> keys, Dataset<Row> seeds) {
    this.seeds =
        AttributionKeys.kept(seeds.select(AttributionKeys.KEY, AttributionKeys.LINK).distinct());
    Sought sought = Sought.of(this.seeds);
    Dataset<Row> reached = sought.in(keys);
    Sought more = Sought.of(pairs(reached).union(this.seeds));
    while (more.count() > sought.count()) {
      sought = more;
      reached = sought.in(keys);
      more = Sought.of(pairs(reached).union(this.seeds));
    }
    this.known = reached;
    days();
  }

  private static Dataset<Row> pairs(Dataset<Row> keys) {
    return keys.select(AttributionKeys.KEY, AttributionKeys.LINK);
  }

  private void days() {
    for (Row row :
        known
            .select(col("date"), col(AttributionKeys.KEY).isNotNull())
            .distinct()
            .collectAsList()) {
      (row.getBoolean(1) ? eventDays : generationDays).add(row.getDate(0).toLocalDate());
    }
  }

  /** The keys of those deliveries that were known before. */
  Dataset<Row> knownDeliveries() {
    return keysOf(known);
  }

  /** The deliveries' keys. */
  Dataset<Row> deliveries() {
    return knownDeliveries().union(keysOf(seeds));
  }

  private static Dataset<Row> keysOf(Dataset<Row> keys) {
    return keys.select(AttributionKeys.KEY).where(col(AttributionKeys.KEY).isNotNull());
  }

  /** The journeys' keys. */
  Dataset<Row> journeys() {
    return known.select(AttributionKeys.LINK).union(seeds.select(AttributionKeys.LINK));
  }

  /** The days on which those deliveries had events before. */
  SortedSet<LocalDate> eventDays() {
    return eventDays;
  }

  /** The days on which those journeys had generations before. */
  SortedSet<LocalDate> generationDays() {
    return generationDays;
  }
}
