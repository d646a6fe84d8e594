package dev.copyloop.jobs.attribute;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_date;

import dev.copyloop.events.settings.HumanClass;
import dev.copyloop.jobs.attribute.customevents.ExposedDeliveryRows;
import dev.copyloop.jobs.attribute.journey.DeliveryOutputs;
import dev.copyloop.jobs.attribute.table.AttributionKeys;
import dev.copyloop.jobs.attribute.table.AttributionTables;
import dev.copyloop.jobs.hash.RowHash;
import dev.copyloop.jobs.hash.WantedHashes;
import dev.copyloop.jobs.hash.WantedHashes.Search;
import dev.copyloop.jobs.lake.GroupSums;
import dev.copyloop.jobs.lake.PinnedTables;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What people with events of their own were sent and touched: of the deliveries that were computed
 * what they are now, of all others what the tables say. The engagements of both kinds are looked
 * for in one scan.
 */
final class ExposureChanges {

  private static final RowHash PERSON = AttributionKeys.person("person");

  private final PinnedTables tables;
  private final WantedHashes known;
  private final Dataset<Row> attributed;
  private final WantedHashes people;
  private final SortedSet<LocalDate> days;

  /** Of known deliveries, and of those people. */
  private final Dataset<Row> engagements;

  /**
   * @param attributed the touched deliveries as they are now
   * @param people hashes of those with events
   * @param days on which they may have been sent what counts, or touched it
   */
  ExposureChanges(
      PinnedTables tables,
      TouchedDeliveries touched,
      Dataset<Row> attributed,
      WantedHashes people,
      SortedSet<LocalDate> days) {
    this.tables = tables;
    this.known = touched.knownDeliveries();
    this.attributed = attributed;
    this.people = people;
    this.days = days;
    SortedSet<LocalDate> read = new TreeSet<>(touched.eventDays());
    read.addAll(days);
    this.engagements =
        AttributionKeys.kept(
            WantedHashes.amongAny(
                tables.readDays(AttributionTables.ENGAGEMENTS, read),
                new Search(known, AttributionKeys.DELIVERY),
                new Search(people, PERSON)));
  }

  private Column counts() {
    return isOn(days).and(col("human_class").equalTo(HumanClass.HUMAN.label()));
  }

  private static Column isOn(SortedSet<LocalDate> days) {
    return col("date").isin(days.toArray());
  }

  private static Column person() {
    return PERSON.column();
  }

  /** The table's engagements of the touched deliveries. */
  Dataset<Row> presentEngagements() {
    return known.among(engagements, AttributionKeys.ofRow());
  }

  /** Deliveries with their touches, as {@link ExposedDeliveryRows} gives them. */
  Dataset<Row> deliveries() {
    Dataset<Row> touches =
        AttributionKeys.kept(
            people
                .among(DeliveryOutputs.engagements(attributed).where(counts()), person())
                .unionByName(known.notAmong(engagements, AttributionKeys.ofRow()).where(counts())));
    SortedSet<LocalDate> sent = new TreeSet<>(days);
    Map<List<String>, long[]> touchesOfDays =
        GroupSums.of(touches.select(to_date(col("cohort_at")), lit(1L)), 1);
    touchesOfDays.keySet().forEach(day -> sent.add(LocalDate.parse(day.get(0))));
    long count = touchesOfDays.values().stream().mapToLong(rows -> rows[0]).sum();
    Dataset<Row> ofTable =
        people.among(
            ExposedDeliveryRows.narrow(tables.readDays(AttributionTables.DELIVERIES, sent)),
            PERSON);
    Dataset<Row> computed =
        people.among(
            ExposedDeliveryRows.narrow(DeliveryOutputs.deliveries(attributed).where(isOn(sent))),
            person());
    return ExposedDeliveryRows.of(
        known.notAmong(ofTable, AttributionKeys.ofRow()).unionByName(computed), touches, count);
  }
}
