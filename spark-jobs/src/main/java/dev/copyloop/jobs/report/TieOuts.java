package dev.copyloop.jobs.report;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.copyloop.events.settings.Settings;
import dev.copyloop.jobs.attribute.table.AttributionTables;
import dev.copyloop.jobs.lake.TableReader;
import dev.copyloop.jobs.metrics.OrgDays;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Counts deliveries as Customer.io does, and what each difference to our figures explains. */
final class TieOuts {

  /** Customer.io's metrics of engagement, each counted once per delivery. */
  private static final List<String> METRICS =
      List.of(
          "delivered",
          "opened",
          "clicked",
          "converted",
          "bounced",
          "dropped",
          "failed",
          "undeliverable",
          "unsubscribed",
          "spammed");

  /** Our measure by Customer.io's metric. */
  private static final Map<String, String> OURS =
      Map.of("sent", "sends", "opened", "unique_opens", "clicked", "unique_clicks");

  private static final List<String> ACTION_DAY =
      List.of("workspace", "campaign", "action_id", "channel", "created");

  private final TableReader tables;
  private final OrgDays orgDays;
  private final String org;
  private final Optional<String> campaign;

  TieOuts(TableReader tables, Settings settings, String org, Optional<String> campaign) {
    this.tables = tables;
    this.orgDays = new OrgDays(settings);
    this.org = org;
    this.campaign = campaign;
  }

  TieOut of(LocalDays days) {
    List<Row> rows = sums(deliveries(days));
    TieOut result =
        new TieOut(
            org,
            days.toString(),
            rows.stream().map(TieOuts::actionDay).toList(),
            differences(rows));
    result.check();
    return result;
  }

  /** Each delivery with its day of creation and its metrics, 1 or 0. */
  private Dataset<Row> deliveries(LocalDays days) {
    Column from = coalesce(col("campaign_id"), col("broadcast_id"));
    Dataset<Row> deliveries =
        tables
            .read(AttributionTables.DELIVERIES)
            .where(col("org").equalTo(org))
            .withColumn("campaign", from)
            .withColumn(
                "created", orgDays.localDate(coalesce(col("rendered_at"), col("anchor_at"))))
            .where(days.contain(col("created")))
            .withColumn("of_workspace", coalesce(col("workspace"), lit("")));
    return (campaign.isPresent() ? deliveries.where(from.equalTo(campaign.get())) : deliveries)
        .withColumn("test", coalesce(col("reason").equalTo("test"), lit(false)))
        .withColumn("sent", one(col("sent_at").isNotNull()))
        .withColumn("exposures_sent", one(col("sent_at").isNotNull().and(col("representative"))))
        .join(engagements(), new String[] {"of_workspace", "delivery_id"}, "left")
        .na()
        .fill(0L);
  }

  private Dataset<Row> engagements() {
    List<Column> metrics = new ArrayList<>();
    for (String metric : METRICS) {
      metrics.add(max(one(col("metric").equalTo(metric))).as(metric));
    }
    for (String metric : List.of("opened", "clicked")) {
      metrics.add(
          max(one(col("metric").equalTo(metric).and(col("first_of_exposure"))))
              .as("exposures_" + metric));
    }
    return tables
        .read(AttributionTables.ENGAGEMENTS)
        .where(col("org").equalTo(org))
        .groupBy(coalesce(col("workspace"), lit("")).as("of_workspace"), col("delivery_id"))
        .agg(metrics.get(0), metrics.subList(1, metrics.size()).toArray(Column[]::new));
  }

  private static List<Row> sums(Dataset<Row> deliveries) {
    List<Column> sums = new ArrayList<>();
    sums.add(sum("sent").as("sent"));
    METRICS.forEach(metric -> sums.add(sum(metric).as(metric)));
    OURS.keySet()
        .forEach(
            metric -> {
              Column exposures = col("exposures_" + metric);
              Column again = col(metric).minus(exposures);
              sums.add(sum(when(not(col("test")), exposures).otherwise(0L)).as("ours_" + metric));
              sums.add(sum(when(not(col("test")), again).otherwise(0L)).as("resent_" + metric));
              sums.add(sum(when(col("test"), col(metric)).otherwise(0L)).as("test_" + metric));
            });
    Column[] by = ACTION_DAY.stream().map(functions::col).toArray(Column[]::new);
    return deliveries
        .groupBy(by)
        .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new))
        .orderBy(by)
        .collectAsList();
  }

  private static TieOut.ActionDay actionDay(Row row) {
    Map<String, Long> theirs = new HashMap<>();
    theirs.put("sent", row.getAs("sent"));
    METRICS.forEach(metric -> theirs.put(metric, row.getAs(metric)));
    Map<String, Long> ours = new HashMap<>();
    OURS.forEach((metric, measure) -> ours.put(measure, row.getAs("ours_" + metric)));
    return new TieOut.ActionDay(
        row.getString(0),
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getDate(4).toLocalDate(),
        theirs,
        ours);
  }

  private static List<TieOut.Difference> differences(List<Row> rows) {
    return List.of(
        counted(
            rows,
            "resent",
            "several deliveries of one action to one journey are one exposure of ours"),
        counted(rows, "test", "tests and internal recipients, which we leave out"),
        named("sends_implied", "what arrived without a sent event we count apart"),
        named("machines", "their opened holds machines' opens, their human_opened does not"),
        named(
            "dates",
            "our engagements are dated by their own day or by the day of sending, not of creation"),
        named("repeats", "their screens may count every open and click, we count deliveries here"),
        named(
            "not_landed",
            "what happened before the webhook was set up, or is still on its way, is theirs"
                + " alone"));
  }

  private static TieOut.Difference counted(List<Row> rows, String name, String meaning) {
    return new TieOut.Difference(
        name,
        meaning,
        total(rows, name + "_sent"),
        total(rows, name + "_opened"),
        total(rows, name + "_clicked"));
  }

  private static long total(List<Row> rows, String column) {
    return rows.stream().mapToLong(row -> row.<Long>getAs(column)).sum();
  }

  /** A difference that is not in the figures above, so that none of them is explained by it. */
  private static TieOut.Difference named(String name, String meaning) {
    return new TieOut.Difference(name, meaning, 0, 0, 0);
  }

  private static Column one(Column condition) {
    return when(condition, lit(1L)).otherwise(lit(0L));
  }
}
