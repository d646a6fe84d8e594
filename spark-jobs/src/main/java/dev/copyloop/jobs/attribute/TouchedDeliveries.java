package dev.copyloop.jobs.attribute;

import static org.apache.spark.sql.functions.col;

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
  private final Dataset<Row> touched;
  private final SortedSet<LocalDate> eventDays = new TreeSet<>();
  private final SortedSet<LocalDate> generationDays = new TreeSet<>();

  /**
   * @param keys the table of keys, those of the seeds among them
   * @param seeds keys of deliveries and journeys, either may be null
   */
  TouchedDeliveries(Dataset<Row> keys, Dataset<Row> seeds) {
    this.seeds =
        AttributionKeys.kept(seeds.select(AttributionKeys.KEY, AttributionKeys.LINK).distinct());
    Dataset<Row> reached = meeting(keys, this.seeds);
    long count = reached.count();
    boolean grows = true;
    while (grows) {
      Dataset<Row> more =
          meeting(
              keys, reached.select(AttributionKeys.KEY, AttributionKeys.LINK).union(this.seeds));
      long now = more.count();
      grows = now > count;
      count = now;
      reached = more;
    }
    this.touched = reached;
    days();
  }

  private Dataset<Row> meeting(Dataset<Row> keys, Dataset<Row> by) {
    return AttributionKeys.kept(
        AttributionKeys.among(keys, col(AttributionKeys.KEY), by.select(AttributionKeys.KEY))
            .unionByName(
                AttributionKeys.among(
                    keys, col(AttributionKeys.LINK), by.select(AttributionKeys.LINK)))
            .distinct());
  }

  private void days() {
    for (Row row :
        touched
            .select(col("date"), col(AttributionKeys.KEY).isNotNull())
            .distinct()
            .collectAsList()) {
      (row.getBoolean(1) ? eventDays : generationDays).add(row.getDate(0).toLocalDate());
    }
  }

  /** The deliveries' keys. */
  Dataset<Row> deliveries() {
    return touched.select(AttributionKeys.KEY).where(col(AttributionKeys.KEY).isNotNull());
  }

  /** The journeys' keys. */
  Dataset<Row> journeys() {
    return touched.select(AttributionKeys.LINK).union(seeds.select(AttributionKeys.LINK));
  }

  /** The days on which those deliveries have events. */
  SortedSet<LocalDate> eventDays() {
    return eventDays;
  }

  /** The days on which those journeys have generations. */
  SortedSet<LocalDate> generationDays() {
    return generationDays;
  }
}
