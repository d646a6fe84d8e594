package dev.copyloop.jobs.attribute;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.copyloop.jobs.attribute.table.AttributionKeys;
import dev.copyloop.jobs.hash.RowHash;
import dev.copyloop.jobs.hash.WantedHashes;
import dev.copyloop.jobs.hash.WantedHashes.Search;
import dev.copyloop.jobs.lake.GroupSums;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The deliveries that have to be computed together with some others: all of their journeys, and of
 * all journeys that any event of those names. By keys alone.
 */
final class TouchedDeliveries {

  private final Sought all;
  private final Dataset<Row> knownKeys;
  private final SortedSet<LocalDate> eventDays = new TreeSet<>();
  private final SortedSet<LocalDate> generationDays = new TreeSet<>();

  /**
   * Deliveries and journeys to look for.
   *
   * @param known those of the deliveries that were known before
   */
  private record Sought(WantedHashes deliveries, WantedHashes journeys, WantedHashes known) {
    static Sought of(Dataset<Row> keys) {
      List<WantedHashes> columns = WantedHashes.ofEach(keys);
      return new Sought(columns.get(0), columns.get(1), columns.get(2));
    }

    Dataset<Row> in(Dataset<Row> keys) {
      return AttributionKeys.kept(
          WantedHashes.amongAny(
              keys,
              new Search(deliveries, RowHash.ofNumber(AttributionKeys.KEY)),
              new Search(journeys, RowHash.ofNumber(AttributionKeys.LINK))));
    }

    long count() {
      return deliveries.count() + journeys.count();
    }
  }

  /**
   * @param keys the table of keys, without those of the seeds unless they were known before
   * @param seeds keys of deliveries and journeys, either may be null; read more than once
   */
  TouchedDeliveries(Dataset<Row> keys, Dataset<Row> seeds) {
    Dataset<Row> begin = sought(seeds, lit(null).cast("bigint"));
    Sought sought = Sought.of(begin);
    Dataset<Row> known = sought.in(keys);
    Sought more = Sought.of(sought(known, col(AttributionKeys.KEY)).union(begin));
    while (more.count() > sought.count()) {
      sought = more;
      known = sought.in(keys);
      more = Sought.of(sought(known, col(AttributionKeys.KEY)).union(begin));
    }
    this.all = more;
    this.knownKeys = known;
    addDays(known);
  }

  private static Dataset<Row> sought(Dataset<Row> keys, Column known) {
    return keys.select(col(AttributionKeys.KEY), col(AttributionKeys.LINK), known.as("known"));
  }

  private void addDays(Dataset<Row> known) {
    Column ofEvent = when(col(AttributionKeys.KEY).isNotNull(), lit(1L));
    GroupSums.of(known.select(col("date"), ofEvent, lit(1L)), 1)
        .forEach(
            (date, sums) -> {
              LocalDate day = LocalDate.parse(date.get(0));
              if (sums[0] > 0) {
                eventDays.add(day);
              }
              if (sums[1] > sums[0]) {
                generationDays.add(day);
              }
            });
  }

  /** What the table of keys has of those deliveries and journeys. */
  Dataset<Row> knownKeys() {
    return knownKeys;
  }

  /** The keys of those deliveries that were known before. */
  WantedHashes knownDeliveries() {
    return all.known();
  }

  /** The deliveries' keys. */
  WantedHashes deliveries() {
    return all.deliveries();
  }

  /** The journeys' keys. */
  WantedHashes journeys() {
    return all.journeys();
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
