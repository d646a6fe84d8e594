package dev.copyloop.jobs.report;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import dev.copyloop.events.settings.Settings;
import dev.copyloop.jobs.attribute.table.AttributionTables;
import dev.copyloop.jobs.lake.TableReader;
import dev.copyloop.jobs.metrics.OrgDays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Counts different people over the rows of single deliveries, engagements and custom events. */
final class PersonCounts {

  private static final String SENT = "sent";

  private static final Comparator<PersonFigures> ALL_FIRST =
      Comparator.comparing(PersonFigures::templateId, Comparator.nullsFirst(String::compareTo))
          .thenComparing(PersonFigures::arm, Comparator.nullsFirst(String::compareTo))
          .thenComparing(PersonFigures::copyKey, Comparator.nullsFirst(String::compareTo));

  private final TableReader tables;
  private final OrgDays orgDays;
  private final String org;
  private final LocalDays days;

  PersonCounts(TableReader tables, Settings settings, String org, LocalDays days) {
    this.tables = tables;
    this.orgDays = new OrgDays(settings);
    this.org = org;
    this.days = days;
  }

  PersonReport count() {
    Map<List<String>, List<PersonFigures.RulePersons>> rules = rules();
    List<PersonFigures> figures =
        groups(facts()).collectAsList().stream()
            .map(row -> figures(row, rules.getOrDefault(key(row), List.of())))
            .sorted(ALL_FIRST)
            .toList();
    return new PersonReport(org, days.toString(), withoutPerson(), figures);
  }

  private long withoutPerson() {
    return sends().where(col("person").isNull().and(col("in_cohort"))).count();
  }

  private Dataset<Row> ofOrg(Dataset<Row> rows) {
    return rows.where(col("org").equalTo(org).and(col("template_id").isNotNull()));
  }

  private Dataset<Row> sends() {
    Dataset<Row> sent =
        ofOrg(tables.read(AttributionTables.DELIVERIES)).where(col("send_at").isNotNull());
    return fact(sent, lit(SENT), lit(null).cast("string"), col("send_at"), col("send_at"));
  }

  private Dataset<Row> facts() {
    Dataset<Row> engaged = ofOrg(tables.read(AttributionTables.ENGAGEMENTS));
    return sends()
        .unionByName(
            fact(engaged, col("metric"), col("human_class"), col("cohort_at"), col("occurred_at")))
        .where(col("person").isNotNull().and(col("in_cohort").or(col("in_range"))));
  }

  private Dataset<Row> fact(
      Dataset<Row> rows, Column metric, Column humanClass, Column cohortAt, Column eventAt) {
    return rows.select(
        col("template_id"),
        col("arm"),
        col("copy_key"),
        col("person"),
        metric.as("metric"),
        humanClass.as("human_class"),
        days.contain(orgDays.localDate(cohortAt)).as("in_cohort"),
        days.contain(orgDays.localDate(eventAt)).as("in_range"));
  }

  private static Dataset<Row> groups(Dataset<Row> facts) {
    return facts
        .rollup("template_id", "arm", "copy_key")
        .agg(
            people(col("in_cohort").and(is(SENT))),
            people(col("in_cohort").and(is("opened"))),
            people(col("in_cohort").and(isByHuman("opened"))),
            people(col("in_cohort").and(is("clicked"))),
            people(col("in_cohort").and(isByHuman("clicked"))),
            people(col("in_cohort").and(is("converted"))),
            people(col("in_cohort").and(is("unsubscribed"))),
            people(col("in_range").and(is("opened"))),
            people(col("in_range").and(isByHuman("opened"))),
            people(col("in_range").and(is("clicked"))),
            people(col("in_range").and(isByHuman("clicked"))),
            people(col("in_range").and(is("converted"))),
            people(col("in_range").and(is("unsubscribed"))));
  }

  private static Column people(Column condition) {
    return count_distinct(when(condition, col("person")));
  }

  private static Column is(String metric) {
    return col("metric").equalTo(metric);
  }

  private static Column isByHuman(String metric) {
    return is(metric).and(not(coalesce(col("human_class"), lit("")).equalTo("machine")));
  }

  private static PersonFigures figures(Row row, List<PersonFigures.RulePersons> rules) {
    return new PersonFigures(
        row.getString(0),
        row.getString(1),
        row.getString(2),
        row.getLong(3),
        engaged(row, 4),
        engaged(row, 10),
        rules);
  }

  private static PersonFigures.Engaged engaged(Row row, int first) {
    return new PersonFigures.Engaged(
        row.getLong(first),
        row.getLong(first + 1),
        row.getLong(first + 2),
        row.getLong(first + 3),
        row.getLong(first + 4),
        row.getLong(first + 5));
  }

  private static List<String> key(Row row) {
    return List.of(
        String.valueOf(row.get(0)), String.valueOf(row.get(1)), String.valueOf(row.get(2)));
  }

  private Map<List<String>, List<PersonFigures.RulePersons>> rules() {
    List<Row> rows =
        ofOrg(tables.read(AttributionTables.ATTRIBUTED_EVENTS))
            .where(col("kind").isin("credit", "lift"))
            .where(days.contain(orgDays.localDate(col("occurred_at"))))
            .cube("template_id", "arm", "copy_key", "rule_id", "rule_version")
            .agg(
                count_distinct(when(col("kind").equalTo("credit"), col("person"))),
                count_distinct(when(col("kind").equalTo("lift"), col("person"))))
            .where(col("rule_id").isNotNull().and(col("rule_version").isNotNull()))
            .orderBy("rule_id", "rule_version")
            .collectAsList();
    return rows.stream()
        .collect(
            Collectors.groupingBy(
                PersonCounts::key,
                Collectors.mapping(
                    row ->
                        new PersonFigures.RulePersons(
                            row.getString(3), row.getInt(4), row.getLong(5), row.getLong(6)),
                    Collectors.toList())));
  }
}
