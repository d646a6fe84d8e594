package dev.copyloop.jobs.metrics;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.copyloop.events.settings.Channel;
import dev.copyloop.events.settings.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Computes {@code daily_metrics}: a function of the attributed tables and of the settings. */
public final class DailyMetrics {

  private static final String FIRST_ONLY = "first_only";

  private DailyMetrics() {}

  static List<String> measures() {
    List<String> measures = new ArrayList<>(Measures.REQUIRED);
    measures.addAll(Measures.OPTIONAL);
    return measures;
  }

  /** All figures of these rows, shaped as {@link MetricsTables#DAILY_METRICS}. */
  public static Dataset<Row> of(FigureRows rows, Settings settings) {
    OrgDays days = new OrgDays(settings);
    Dataset<Row> counted = rows.countedGenerations(settings);
    Dataset<Row> units =
        AssignedUnits.of(AssignedUnits.evidence(rows.deliveries(), rows.calls(), counted, days));
    return grouped(
        dated(facts(rows, counted, days).unionByName(DailyFacts.ofAssigned(units)), days));
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
    Dataset<Row> facts = dated(facts(rows, rows.countedGenerations(settings), days), days);
    Dataset<Row> units =
        present
            .where(col("assigned").notEqual(0))
            .withColumnRenamed(MetricsTables.LOWER_BOUND, FIRST_ONLY)
            .select(assignedAlone(facts.columns()))
            .unionByName(dated(DailyFacts.ofAssigned(changedUnits), days));
    return grouped(facts.unionByName(added(units)));
  }

  /** The columns of a dated fact of which only assigned units are taken. */
  private static Column[] assignedAlone(String[] columns) {
    return Arrays.stream(columns)
        .map(
            name ->
                measures().contains(name) && !name.equals("assigned")
                    ? lit(0L).as(name)
                    : col(name))
        .toArray(Column[]::new);
  }

  /** Assigned units added up, without those that are gone. */
  private static Dataset<Row> added(Dataset<Row> units) {
    List<Column> keys = new ArrayList<>();
    MetricsTables.DIMENSIONS.forEach(name -> keys.add(col(name)));
    keys.add(col(FIRST_ONLY));
    return units
        .groupBy(keys.toArray(Column[]::new))
        .agg(sum("assigned").as("assigned"))
        .where(col("assigned").notEqual(0))
        .select(assignedAlone(units.columns()));
  }

  private static Dataset<Row> facts(FigureRows rows, Dataset<Row> counted, OrgDays days) {
    return DailyFacts.ofDeliveries(rows.deliveries())
        .unionByName(DailyFacts.ofEngagements(rows.engagements()))
        .unionByName(DailyFacts.ofGenerations(counted, days))
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
    measures().forEach(name -> sums.add(sum(col(name)).as(name)));
    Dataset<Row> rows =
        facts
            .groupBy(MetricsTables.DIMENSIONS.stream().map(functions::col).toArray(Column[]::new))
            .agg(max(col(FIRST_ONLY)).as(FIRST_ONLY), sums.toArray(Column[]::new));
    Column hasDelivered =
        col("channel").isNull().or(col("channel").notEqual(Channel.IN_APP.label()));
    return rows.withColumn("delivered", when(hasDelivered, col("delivered")))
        .withColumn("opens", when(col(FIRST_ONLY).equalTo(lit(false)), col("opens")))
        .withColumn("clicks", when(col(FIRST_ONLY).equalTo(lit(false)), col("clicks")))
        .withColumnRenamed(FIRST_ONLY, MetricsTables.LOWER_BOUND);
  }
}
