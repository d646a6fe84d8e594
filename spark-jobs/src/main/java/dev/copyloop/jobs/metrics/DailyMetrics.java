package dev.copyloop.jobs.metrics;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.copyloop.events.settings.Channel;
import dev.copyloop.events.settings.Settings;
import dev.copyloop.jobs.hash.WantedHashes;
import dev.copyloop.jobs.lake.RowSums;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Computes {@code daily_metrics}: a function of the attributed tables and of the settings. */
public final class DailyMetrics {

  private static final String FIRST_ONLY = "first_only";
  private static final String ASSIGNED = "assigned";

  private DailyMetrics() {}

  /** All figures of these rows, shaped as {@link MetricsTables#DAILY_METRICS}. */
  public static Dataset<Row> of(FigureRows rows, Settings settings) {
    OrgDays days = new OrgDays(settings);
    Dataset<Row> counted = rows.countedGenerations(settings);
    Dataset<Row> evidence = AssignedUnits.evidence(rows.deliveries(), rows.calls(), counted, days);
    WantedHashes repeated = AssignedUnits.repeated(evidence);
    Optional<Column> isAlone = AssignedUnits.isAlone(repeated);
    // A generation that alone tells of its unit counts as both, in one fact.
    Dataset<Row> others =
        isAlone.isPresent()
            ? AssignedUnits.withoutGenerations(rows.deliveries(), rows.calls(), days)
            : evidence;
    Dataset<Row> units = AssignedUnits.of(others, evidence, repeated);
    return grouped(
        dated(
            facts(rows, counted, isAlone.orElse(lit(false)), days)
                .unionByName(DailyFacts.ofAssigned(units)),
            days));
  }

  /**
   * The figures of some days.
   *
   * @param rows what is counted on those days
   * @param present the table's rows of those days
   * @param changedUnits of {@link AssignedChanges}, all of them of those days
   */
  static Dataset<Row> of(
      FigureRows rows, Dataset<Row> present, Dataset<Row> changedUnits, Settings settings) {
    OrgDays days = new OrgDays(settings);
    Dataset<Row> facts =
        dated(facts(rows, rows.countedGenerations(settings), lit(false), days), days);
    Dataset<Row> units =
        added(assigned(present).unionByName(dated(DailyFacts.ofAssigned(changedUnits), days)));
    return grouped(facts.unionByName(units));
  }

  /** The table's assigned units as dated facts. */
  private static Dataset<Row> assigned(Dataset<Row> figures) {
    List<Column> columns = dimensions();
    columns.add(col(MetricsTables.LOWER_BOUND).as(FIRST_ONLY));
    columns.add(MeasureBits.of(Map.of(ASSIGNED, lit(true))).as(DailyFacts.GAINS));
    columns.add(lit(0L).as(DailyFacts.LOSSES));
    columns.add(col(ASSIGNED).as(DailyFacts.WEIGHT));
    columns.add(lit(0L).as(DailyFacts.REQUESTS));
    return figures.select(columns.toArray(Column[]::new));
  }

  /** Facts that count alike as one, but for those that are gone. */
  private static Dataset<Row> added(Dataset<Row> facts) {
    List<Column> keys = dimensions();
    Stream.of(FIRST_ONLY, DailyFacts.GAINS, DailyFacts.LOSSES)
        .map(functions::col)
        .forEach(keys::add);
    return facts
        .groupBy(keys.toArray(Column[]::new))
        .agg(
            sum(DailyFacts.WEIGHT).as(DailyFacts.WEIGHT),
            sum(DailyFacts.REQUESTS).as(DailyFacts.REQUESTS))
        .where(col(DailyFacts.WEIGHT).notEqual(0));
  }

  private static List<Column> dimensions() {
    List<Column> dimensions = new ArrayList<>();
    MetricsTables.DIMENSIONS.forEach(name -> dimensions.add(col(name)));
    return dimensions;
  }

  /**
   * Facts of all rows.
   *
   * @param isUnit whether a generation counts as its unit, too
   */
  private static Dataset<Row> facts(
      FigureRows rows, Dataset<Row> counted, Column isUnit, OrgDays days) {
    return DailyFacts.ofDeliveries(rows.deliveries())
        .unionByName(DailyFacts.ofEngagements(rows.engagements()))
        .unionByName(DailyFacts.ofGenerations(counted, isUnit, days))
        .unionByName(DailyFacts.ofCalls(rows.calls(), days));
  }

  private static Dataset<Row> dated(Dataset<Row> facts, OrgDays days) {
    return facts
        .withColumn("send_date", days.localDate(col(DailyFacts.COHORT_AT)))
        .withColumn("event_date", days.localDate(col(DailyFacts.EVENT_AT)))
        .withColumn(FIRST_ONLY, days.firstOccurrencesOnly(col(DailyFacts.EVENT_AT)))
        .drop(DailyFacts.COHORT_AT, DailyFacts.EVENT_AT);
  }

  private static Dataset<Row> grouped(Dataset<Row> facts) {
    List<Column> sums = new ArrayList<>();
    for (String measure : Measures.ALL) {
      sums.add(sum(increment(measure)).as(measure));
    }
    Dataset<Row> rows =
        RowSums.of(facts, DailyFacts.SUMS)
            .groupBy(dimensions().toArray(Column[]::new))
            .agg(max(col(FIRST_ONLY)).as(FIRST_ONLY), sums.toArray(Column[]::new));
    Column hasDelivered =
        col("channel").isNull().or(col("channel").notEqual(Channel.IN_APP.label()));
    return rows.withColumn("delivered", when(hasDelivered, col("delivered")))
        .withColumn("opens", when(col(FIRST_ONLY).equalTo(lit(false)), col("opens")))
        .withColumn("clicks", when(col(FIRST_ONLY).equalTo(lit(false)), col("clicks")))
        .withColumnRenamed(FIRST_ONLY, MetricsTables.LOWER_BOUND);
  }

  private static Column increment(String measure) {
    if (measure.equals(DailyFacts.REQUESTS)) {
      return col(DailyFacts.REQUESTS);
    }
    return col(DailyFacts.WEIGHT)
        .multiply(
            MeasureBits.has(col(DailyFacts.GAINS), measure)
                .minus(MeasureBits.has(col(DailyFacts.LOSSES), measure)));
  }
}
