package dev.copyloop.jobs.report;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.copyloop.events.lake.LakeLayout;
import dev.copyloop.jobs.lake.PublishedTables;
import dev.copyloop.jobs.metrics.MetricsTables;
import dev.copyloop.jobs.run.Bucket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Adds up an org's daily figures for a report. */
final class Reports {

  private static final String TEMPLATE = "template_id";
  private static final String COPY = "copy_key";

  /** Figures of which only first messages are reported. */
  private static final List<String> OF_FIRST_MESSAGES =
      List.of(
          "sends",
          "sends_implied",
          "delivered",
          "opens",
          "unique_opens",
          "unique_opens_human",
          "unique_opens_machine",
          "unique_opens_unknown",
          "clicks",
          "unique_clicks",
          "unique_clicks_human",
          "unique_clicks_machine",
          "unique_clicks_unknown",
          "cio_conversions",
          "unsubscribes",
          "bounces",
          "failures");

  private static final Comparator<CopyFigures> COPIES_THEN_CONTROL =
      Comparator.<CopyFigures, Boolean>comparing(copy -> copy.arm().equals("control"))
          .thenComparing(copy -> copy.copyKey().equals("unknown"))
          .thenComparing(CopyFigures::name)
          .thenComparing(CopyFigures::copyKey);

  private final String org;
  private final PublishedTables tables;

  Reports(String org, PublishedTables tables) {
    this.org = org;
    this.tables = tables;
  }

  Report report(Bucket bucket, List<String> howToRead) {
    Dataset<Row> daily = tables.read(MetricsTables.DAILY_METRICS).where(col("org").equalTo(org));
    List<Row> deliveries =
        daily.groupBy("arm", "reason").agg(sum("deliveries"), sum("without_copy")).collectAsList();
    Reconciliation reconciliation = reconciliation(deliveries);
    reconciliation.check();
    return new Report(
        org,
        templates(daily),
        unattributed(deliveries),
        reconciliation,
        List.copyOf(tables.daysOfOlderSettings(MetricsTables.DAILY_METRICS)),
        bucket.path(LakeLayout.exports(org)).toString(),
        howToRead);
  }

  private static Reconciliation reconciliation(List<Row> deliveries) {
    Map<String, Long> byArm = new HashMap<>();
    long withoutCopy = 0;
    long all = 0;
    for (Row row : deliveries) {
      byArm.merge(row.getString(0), row.getLong(2), Long::sum);
      withoutCopy += row.getLong(3);
      all += row.getLong(2);
    }
    long treatment = byArm.getOrDefault("treatment", 0L);
    return new Reconciliation(
        all,
        treatment,
        byArm.getOrDefault("control", 0L),
        byArm.getOrDefault("none", 0L),
        treatment - withoutCopy,
        withoutCopy);
  }

  private static Map<String, Long> unattributed(List<Row> deliveries) {
    Map<String, Long> byReason = new TreeMap<>();
    for (Row row : deliveries) {
      if (!row.isNullAt(1) && row.getLong(2) > 0) {
        byReason.merge(row.getString(1), row.getLong(2), Long::sum);
      }
    }
    return byReason;
  }

  private List<TemplateFigures> templates(Dataset<Row> daily) {
    Map<String, String> names = names();
    Map<String, List<Row>> rules = rules();
    Map<String, List<CopyFigures>> templates = new TreeMap<>();
    for (Row row : sums(daily).collectAsList()) {
      String template = row.getAs(TEMPLATE);
      String key = key(template, row.getAs(COPY), row.getAs("arm"));
      templates
          .computeIfAbsent(template, each -> new ArrayList<>())
          .add(copy(row, names, rules.getOrDefault(key, List.of())));
    }
    return templates.entrySet().stream()
        .map(
            entry ->
                new TemplateFigures(
                    entry.getKey(), entry.getValue().stream().sorted(COPIES_THEN_CONTROL).toList()))
        .toList();
  }

  private static Dataset<Row> sums(Dataset<Row> daily) {
    Column first = coalesce(col("message_no"), lit(1)).equalTo(1);
    List<Column> sums = new ArrayList<>();
    sums.add(sum("generations").as("generations"));
    sums.add(sum("assigned").as("assigned"));
    sums.add(
        sum(when(first, 0L).otherwise(col("sends").plus(col("sends_implied")))).as("later_sends"));
    for (String name : OF_FIRST_MESSAGES) {
      sums.add(sum(when(first, col(name))).as(name));
    }
    return daily
        .where(col(TEMPLATE).isNotNull())
        .groupBy(TEMPLATE, COPY, "arm")
        .agg(sum("requests").as("requests"), sums.toArray(Column[]::new));
  }

  private CopyFigures copy(Row row, Map<String, String> names, List<Row> rules) {
    String copyKey = row.getAs(COPY);
    long sends = count(row, "sends") + count(row, "sends_implied");
    Long delivered = row.getAs("delivered");
    return new CopyFigures(
        copyKey,
        names.getOrDefault(copyKey, copyKey),
        row.getAs("arm"),
        count(row, "requests"),
        count(row, "generations"),
        count(row, "assigned"),
        count(row, "sends"),
        count(row, "sends_implied"),
        count(row, "later_sends"),
        delivered,
        engagement(row, "opens"),
        engagement(row, "clicks"),
        count(row, "cio_conversions"),
        count(row, "unsubscribes"),
        count(row, "bounces"),
        count(row, "failures"),
        delivered == null ? null : Rate.of(delivered, sends),
        Rate.of(count(row, "unique_opens"), sends),
        Rate.of(count(row, "unique_clicks"), sends),
        Rate.of(count(row, "cio_conversions"), sends),
        rules.stream().map(rule -> rule(rule, sends)).toList());
  }

  private static EngagementFigures engagement(Row row, String measure) {
    return new EngagementFigures(
        row.getAs(measure),
        count(row, "unique_" + measure),
        count(row, "unique_" + measure + "_human"),
        count(row, "unique_" + measure + "_machine"),
        count(row, "unique_" + measure + "_unknown"));
  }

  private static long count(Row row, String column) {
    Long count = row.getAs(column);
    return count == null ? 0 : count;
  }

  private static RuleFigures rule(Row row, long sends) {
    long persons = count(row, "persons");
    return new RuleFigures(
        row.getAs("rule_id"),
        row.getAs("rule_version"),
        row.getAs("currency"),
        row.getAs("events"),
        persons,
        row.getAs("value"),
        count(row, "lift_events"),
        row.getAs("lift_value"),
        count(row, "lift_persons"),
        Rate.of(persons, sends));
  }

  private Map<String, List<Row>> rules() {
    List<Row> rows =
        tables
            .read(MetricsTables.DAILY_CUSTOM_METRICS)
            .where(
                col("org")
                    .equalTo(org)
                    .and(col(TEMPLATE).isNotNull())
                    .and(col("kind").equalTo("rule")))
            .groupBy(TEMPLATE, COPY, "arm", "rule_id", "rule_version", "currency")
            .agg(
                sum("events").as("events"),
                sum("persons").as("persons"),
                sum("value").as("value"),
                sum("lift_events").as("lift_events"),
                sum("lift_value").as("lift_value"),
                sum("lift_persons").as("lift_persons"))
            .orderBy("rule_id", "rule_version", "currency")
            .collectAsList();
    return rows.stream()
        .collect(
            Collectors.groupingBy(
                row -> key(row.getAs(TEMPLATE), row.getAs(COPY), row.getAs("arm"))));
  }

  private static String key(String template, String copy, String arm) {
    return String.join("\u0000", template, copy, arm);
  }

  private Map<String, String> names() {
    Map<String, String> names = new HashMap<>();
    tables
        .read(MetricsTables.COPIES)
        .where(col("org").equalTo(org))
        .select("copy_id", "key")
        .distinct()
        .collectAsList()
        .forEach(row -> names.put(row.getString(0), row.getString(1)));
    return names;
  }
}
